//go:build !purego

package wire

import "golang.org/x/sys/cpu"

// canIndex reports whether the processor has what closings uses.
var canIndex = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPCLMULQDQ && cpu.X86.HasPOPCNT

// closings writes where strings close in blocks of 64 bytes, and a bit for each byte that says whether it is a backslash or beyond ASCII.
// It returns how many strings do. There must be room for 32 places behind those that it has to write.
//
//go:noescape
func closings(src *byte, blocks int, places *uint32, odd *byte, s *marking) (n int)

// pass walks an object as Walker.object does, from the key on that opens at a place, which is the index's next string. It goes over members
// that nobody asked for: of those the key is neither odd nor empty nor long, its chain in n is empty, the value is a string or a number of
// at most seven digits, there is no white space but for a blank behind a colon or a comma, and another key follows. It returns where the
// first other member opens, and leaves the index there. The place is the event's eighth byte or behind it; n leads nowhere by any key.
//
//go:noescape
func pass(w *Walker, n *node, at int) (end int)
