//go:build !amd64 || purego

package crc

import "hash/crc32"

// Update returns the sum with p added to it. The sum of nothing is zero.
func Update(sum uint32, p []byte) uint32 { return crc32.Update(sum, crc32.IEEETable, p) }
