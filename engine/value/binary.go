package value

import (
	"encoding/binary"
	"errors"
	"math"
)

// errBinary says that bytes are no value that AppendBinary wrote.
var errBinary = errors.New("not a value")

// AppendBinary appends v for ReadBinary: the kind, then what AppendKey writes. Unlike a key it keeps a double a double.
func AppendBinary(dst []byte, v Value) []byte {
	if v.kind != Double {
		return AppendKey(dst, v)
	}
	return binary.LittleEndian.AppendUint64(append(dst, byte(Double)), v.bits)
}

// ReadBinary reads a value that AppendBinary wrote at the start of s, and returns what stands behind it. The value borrows s.
func ReadBinary(s string) (v Value, rest string, err error) {
	if s == "" {
		return Value{}, "", errBinary
	}
	kind, s := Kind(s[0]), s[1:]
	switch {
	case kind == Null:
		return Value{}, s, nil
	case kind == Bool && len(s) > 0 && s[0] < 2:
		return OfBool(s[0] == 1), s[1:], nil
	case kind == Long && len(s) >= 8:
		return OfLong(int64(littleEndian(s))), s[8:], nil
	case kind == Double && len(s) >= 8:
		return OfDouble(math.Float64frombits(littleEndian(s))), s[8:], nil
	case kind == String:
		if size, n := readUvarint(s); n > 0 && size <= uint64(len(s)-n) {
			end := n + int(size)
			return OfString(s[n:end]), s[end:], nil
		}
	}
	return Value{}, "", errBinary
}

func littleEndian(s string) (n uint64) {
	for i := range 8 {
		n |= uint64(s[i]) << (8 * i)
	}
	return n
}

// readUvarint is binary.Uvarint of a text.
func readUvarint(s string) (uint64, int) {
	var buf [binary.MaxVarintLen64]byte
	return binary.Uvarint(buf[:copy(buf[:], s)])
}
