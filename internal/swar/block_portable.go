//go:build !amd64 || purego

package swar

import "encoding/binary"

const (
	lowBits = ^uint64(HighBits)
	gather  = 0x0002040810204081 // times the high bits of eight bytes: they side by side in the highest byte
	highest = 0xff << 56
)

// Classify looks at 64 bytes. A byte x below 0x80 is c if x^c is zero, and only then 0x80-(x^c) has the high bit; no byte borrows
// from the next.
func Classify(b *[64]byte) Block {
	var quote, open, end, anyBackslash, anyNewline uint64
	for i := 0; i < 64; i += 8 {
		x := binary.LittleEndian.Uint64(b[i : i+8])
		ascii := ^x & HighBits
		x &= lowBits
		bracket := x | 0x20*everyByte // [ and ] become { and }
		quote = quote>>8 | (HighBits-(x^'"'*everyByte))&ascii*gather&highest
		open = open>>8 | (HighBits-(bracket^'{'*everyByte))&ascii*gather&highest
		end = end>>8 | (HighBits-(bracket^'}'*everyByte))&ascii*gather&highest
		anyBackslash |= (HighBits - (x ^ '\\'*everyByte)) & ascii
		anyNewline |= (HighBits - (x ^ '\n'*everyByte)) & ascii
	}
	out := Block{Quote: quote, Open: open, Close: end}
	if anyBackslash != 0 {
		out.Backslash = bitsOf(b, '\\')
	}
	if anyNewline != 0 {
		out.Newline = bitsOf(b, '\n')
	}
	return out
}

// bitsOf returns which bytes are c, which is ASCII.
func bitsOf(b *[64]byte, c uint64) (out uint64) {
	for i := 0; i < 64; i += 8 {
		x := binary.LittleEndian.Uint64(b[i : i+8])
		out = out>>8 | (HighBits-(x&lowBits^c*everyByte))&^x&HighBits*gather&highest
	}
	return out
}
