//go:build purego

package view

// Copies says whether String copies; tests that promise zero allocations ask it.
const Copies = true

// String returns a copy of b.
func String(b []byte) string { return string(b) }
