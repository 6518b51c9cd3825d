// Package swar looks at eight bytes of JSON at a time, and at 64.
//
// It knows which bytes end or interrupt a JSON string, and which are brackets, and nothing else of JSON. It owns nothing.
package swar

import (
	"encoding/binary"
	"math/bits"
)

const (
	everyByte = 0x0101010101010101
	// HighBits is the high bit of each of eight bytes: of the bytes of a text, those beyond ASCII have it.
	HighBits = 0x8080808080808080
)

// Special has the high bit set in the first byte of x, counting from the lowest, that is a quote, a backslash or a control
// character. Higher bytes than that one may be set wrongly, for the subtractions borrow from them.
func Special(x uint64) uint64 {
	low := x ^ 2*everyByte // the quote becomes a blank, control characters stay below it, and nothing else gets there
	slash := x ^ '\\'*everyByte
	return ((low - (' '+1)*everyByte) | (slash - everyByte)) & ^x & HighBits
}

// IndexSpecial returns the first place from i on that holds a quote, a backslash or a control character, len(s) if there
// is none.
func IndexSpecial(s []byte, i int) int {
	for i+8 <= len(s) {
		if m := Special(binary.LittleEndian.Uint64(s[i:])); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(s) && s[i] != '"' && s[i] != '\\' && s[i] >= ' ' {
		i++
	}
	return i
}
