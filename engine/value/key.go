package value

import "encoding/binary"

// AppendKey appends an encoding of v that differs for values that are different groups, also when several keys stand
// one after the other: the kind, then the text with its length, or the eight bytes of the number.
func AppendKey(dst []byte, v Value) []byte {
	dst = append(dst, byte(v.kind))
	switch v.kind {
	case String:
		dst = binary.AppendUvarint(dst, uint64(len(v.text)))
		return append(dst, v.text...)
	case Long, Double:
		return binary.LittleEndian.AppendUint64(dst, v.bits)
	case Bool:
		return append(dst, byte(v.bits))
	}
	return dst
}
