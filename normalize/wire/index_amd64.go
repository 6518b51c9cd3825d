//go:build !purego

package wire

import "golang.org/x/sys/cpu"

// canIndex reports whether the processor has what closings uses.
var canIndex = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasPCLMULQDQ && cpu.X86.HasPOPCNT

// closings writes where strings close in blocks of 64 bytes, and for each block whether it has a backslash or a byte beyond ASCII. It
// returns how many strings do. There must be room for 32 places behind those that it has to write.
//
//go:noescape
func closings(src *byte, blocks int, places *uint32, odd *bool, s *marking) (n int)
