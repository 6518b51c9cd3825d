//go:build !purego

package swar

import "golang.org/x/sys/cpu"

// canSkip reports whether the processor has what skip uses.
var canSkip = cpu.X86.HasAVX2 && cpu.X86.HasPCLMULQDQ && cpu.X86.HasPOPCNT

// skip is Nesting.Skip: how many blocks it passed over, and what holds behind them. inString is all ones or zero, escaped one or zero.
//
//go:noescape
func skip(b *byte, blocks, depth int, inString, escaped uint64) (passed, depthAfter int, inStringAfter, escapedAfter uint64)
