//go:build !purego

package crc

import (
	"hash/crc32"

	"golang.org/x/sys/cpu"
)

//go:generate go -C asm run . -out ../fold_amd64.s -stubs ../fold_stubs_amd64.go -pkg crc

const (
	// step is what the folding loop takes at once.
	step = 128
	// worthFolding is what must be left for the folding and its end to be faster than the library.
	worthFolding = 2 * step
)

// vectors says whether the processor has what foldAVX2 needs.
var vectors = cpu.X86.HasAVX2 && hasVPCLMULQDQ()

// hasVPCLMULQDQ asks the processor for the multiplication in vectors. For those of 32 bytes AVX2 must be there too, and saved by
// the system; package cpu only tells of both together with AVX-512.
func hasVPCLMULQDQ() bool {
	const extended, vpclmulqdq = 7, 1 << 10 // a leaf, and a bit of its ecx
	if leaves, _, _, _ := cpuid(0, 0); leaves < extended {
		return false
	}
	_, _, ecx, _ := cpuid(extended, 0)
	return ecx&vpclmulqdq != 0
}

// Update returns the sum with p added to it. The sum of nothing is zero.
func Update(sum uint32, p []byte) uint32 {
	if !vectors || len(p) < worthFolding {
		return crc32.Update(sum, crc32.IEEETable, p)
	}
	whole := len(p) &^ (step - 1)
	sum = ^foldAVX2(^sum, p[:whole])
	return crc32.Update(sum, crc32.IEEETable, p[whole:])
}
