package value

import (
	"encoding/binary"
	"math"
)

// AppendKey appends an encoding of v that differs for values that are different groups, also when several keys stand
// one after the other: the kind, then the text with its length, or the eight bytes of the number. Values that Compare takes
// for equal have one key.
func AppendKey(dst []byte, v Value) []byte {
	v = Canonical(v)
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

// Canonical returns the value that stands for all that Compare takes for equal to v: of a double that is a long, the long.
func Canonical(v Value) Value {
	if v.kind != Double {
		return v
	}
	if f := v.Double(); f == math.Trunc(f) && f >= -1<<63 && f < 1<<63 {
		return OfLong(int64(f))
	}
	return v
}
