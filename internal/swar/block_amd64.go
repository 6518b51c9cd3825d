//go:build !purego

package swar

// Classify looks at 64 bytes.
//
//go:noescape
func Classify(b *[64]byte) (out Block)
