package decode

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"time"
)

// values are the values of a template's instance.
type values struct {
	table []byte // four bytes each: size, type, zero
	ends  []int  // where each value ends in the chunk
	start int    // of the first value in the chunk
}

// readValues reads the values that follow a template: a table of their sizes and types, then the values themselves. The
// caller gives their places back with dropValues.
func (x *binXML) readValues(c *cursor) (values, error) {
	n, err := c.uint32()
	if err != nil {
		return values{}, err
	}
	if n > len(c.b)/4 {
		return values{}, errShort
	}
	table, err := c.take(4 * n)
	if err != nil {
		return values{}, err
	}
	v := values{table: table, start: c.at}
	first := len(x.ends)
	for i := range n {
		if _, err := c.take(int(binary.LittleEndian.Uint16(table[4*i:]))); err != nil {
			return values{}, err
		}
		x.ends = append(x.ends, c.at)
	}
	v.ends = x.ends[first:]
	return v, nil
}

func (x *binXML) dropValues(v values) { x.ends = x.ends[:len(x.ends)-len(v.ends)] }

// at returns the type of a value, where it starts, and where it ends.
func (v *values) at(i int) (kind byte, start, end int) {
	start = v.start
	if i > 0 {
		start = v.ends[i-1]
	}
	return v.table[4*i+2], start, v.ends[i]
}

// The types of values. An array of one has the flag.
const (
	typeNull       = 0x00
	typeString     = 0x01
	typeANSI       = 0x02
	typeInt8       = 0x03
	typeUint8      = 0x04
	typeInt16      = 0x05
	typeUint16     = 0x06
	typeInt32      = 0x07
	typeUint32     = 0x08
	typeInt64      = 0x09
	typeUint64     = 0x0a
	typeFloat32    = 0x0b
	typeFloat64    = 0x0c
	typeBool       = 0x0d
	typeBinary     = 0x0e
	typeGUID       = 0x0f
	typeSize       = 0x10
	typeFileTime   = 0x11
	typeSystemTime = 0x12
	typeSID        = 0x13
	typeHex32      = 0x14
	typeHex64      = 0x15
	typeBinXML     = 0x21

	arrayFlag = 0x80
)

// sizes are the sizes of types that have one.
var sizes = map[byte]int{
	typeInt8: 1, typeUint8: 1, typeInt16: 2, typeUint16: 2, typeInt32: 4, typeUint32: 4, typeInt64: 8, typeUint64: 8,
	typeFloat32: 4, typeFloat64: 8, typeBool: 4, typeGUID: 16, typeFileTime: 8, typeSystemTime: 16, typeHex32: 4, typeHex64: 8,
}

// substitute writes a value, and reports whether there is none.
func (x *binXML) substitute(v *values, index int) (null bool, err error) {
	if v == nil || index >= len(v.ends) {
		return true, nil
	}
	kind, start, end := v.at(index)
	text := x.chunk[start:end]
	switch {
	case kind == typeNull, len(text) == 0 && kind != typeString && kind != typeANSI:
		return true, nil
	case kind == typeBinXML:
		return false, x.fragment(cursor{x.chunk[:end], start}, nil, true)
	case kind&arrayFlag != 0:
		x.array(kind&^arrayFlag, text)
	default:
		x.out = appendValue(x.out, kind, text)
	}
	return false, nil
}

// array writes the items of an array. Where an element has nothing else it is repeated for each, as Windows does.
func (x *binXML) array(kind byte, items []byte) {
	repeats := len(x.open) > 0 && !x.open[len(x.open)-1].attributes && x.open[len(x.open)-1].content == len(x.out)
	for first := true; len(items) > 0 && len(x.out) <= maxRendered; first = false {
		var item []byte
		item, items = nextItem(kind, items)
		switch {
		case first:
		case repeats:
			top := x.open[len(x.open)-1]
			x.endTag(top)
			x.out = append(x.out, x.out[top.start:top.content]...)
		default:
			x.out = append(x.out, '\n')
		}
		x.out = appendValue(x.out, kind, item)
	}
}

// nextItem cuts the first item of an array. Texts end with a NUL; what has neither that nor a size is one item.
func nextItem(kind byte, b []byte) (item, rest []byte) {
	size := sizes[kind]
	switch {
	case kind == typeString:
		for i := 0; i+1 < len(b); i += 2 {
			if b[i] == 0 && b[i+1] == 0 {
				return b[:i], b[i+2:]
			}
		}
	case kind == typeANSI:
		if i := bytes.IndexByte(b, 0); i >= 0 {
			return b[:i], b[i+1:]
		}
	case kind == typeSID && len(b) > 1:
		size = 8 + 4*int(b[1])
	}
	if size == 0 || size > len(b) {
		return b, nil
	}
	return b[:size], b[size:]
}

// appendValue appends a value as Windows writes it in XML. One whose size does not fit its type is written as its bytes.
func appendValue(dst []byte, kind byte, b []byte) []byte {
	if size := sizes[kind]; size > 0 && len(b) != size && kind != typeBool {
		return appendHexBytes(dst, b)
	}
	switch kind {
	case typeString:
		return appendUTF16(dst, b)
	case typeANSI:
		return appendBytes(dst, b)
	case typeInt8:
		return strconv.AppendInt(dst, int64(int8(b[0])), 10)
	case typeInt16:
		return strconv.AppendInt(dst, int64(int16(littleEndian(b))), 10)
	case typeInt32:
		return strconv.AppendInt(dst, int64(int32(littleEndian(b))), 10)
	case typeInt64:
		return strconv.AppendInt(dst, int64(littleEndian(b)), 10)
	case typeUint8, typeUint16, typeUint32, typeUint64:
		return strconv.AppendUint(dst, littleEndian(b), 10)
	case typeFloat32:
		return strconv.AppendFloat(dst, float64(math.Float32frombits(uint32(littleEndian(b)))), 'g', -1, 32)
	case typeFloat64:
		return strconv.AppendFloat(dst, math.Float64frombits(littleEndian(b)), 'g', -1, 64)
	case typeBool:
		return strconv.AppendBool(dst, littleEndian(b) != 0)
	case typeGUID:
		return appendGUID(dst, b)
	case typeFileTime:
		return appendFileTime(dst, littleEndian(b))
	case typeSystemTime:
		return appendSystemTime(dst, b)
	case typeSID:
		return appendSID(dst, b)
	case typeHex32, typeHex64, typeSize:
		return strconv.AppendUint(append(dst, '0', 'x'), littleEndian(b), 16)
	}
	return appendHexBytes(dst, b)
}

// littleEndian returns the number in up to eight bytes.
func littleEndian(b []byte) (n uint64) {
	for i := min(len(b), 8) - 1; i >= 0; i-- {
		n = n<<8 | uint64(b[i])
	}
	return n
}

const upperHex = "0123456789ABCDEF"

func appendHexBytes(dst, b []byte) []byte {
	for _, c := range b {
		dst = append(dst, upperHex[c>>4], upperHex[c&15])
	}
	return dst
}

// appendGUID appends {01234567-89AB-CDEF-0123-456789ABCDEF}: three little endian numbers, then bytes.
func appendGUID(dst, b []byte) []byte {
	dst = append(dst, '{')
	for i, from := range []byte{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15} {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			dst = append(dst, '-')
		}
		dst = append(dst, upperHex[b[from]>>4], upperHex[b[from]&15])
	}
	return append(dst, '}')
}

// appendFileTime appends 100 nanoseconds since 1601 as ISO 8601 in UTC with seven digits.
func appendFileTime(dst []byte, t uint64) []byte {
	const (
		perSecond = 10_000_000
		to1970    = 11_644_473_600 // seconds from 1601
	)
	at := time.Unix(int64(t/perSecond)-to1970, int64(t%perSecond)*100).UTC()
	return at.AppendFormat(dst, "2006-01-02T15:04:05.0000000Z")
}

// appendSystemTime appends year, month, weekday, day, hour, minute, second and millisecond, 16 bits each.
func appendSystemTime(dst, b []byte) []byte {
	part := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	at := time.Date(part(0), time.Month(part(1)), part(3), part(4), part(5), part(6), part(7)*int(time.Millisecond), time.UTC)
	return at.AppendFormat(dst, "2006-01-02T15:04:05.000Z")
}

// appendSID appends S-1-5-21-…: revision, number of parts, authority in big endian, parts.
func appendSID(dst, b []byte) []byte {
	if len(b) < 8 || len(b) != 8+4*int(b[1]) {
		return appendHexBytes(dst, b)
	}
	authority := uint64(0)
	for _, c := range b[2:8] {
		authority = authority<<8 | uint64(c)
	}
	dst = strconv.AppendUint(append(dst, 'S', '-'), uint64(b[0]), 10)
	dst = strconv.AppendUint(append(dst, '-'), authority, 10)
	for i := 8; i < len(b); i += 4 {
		dst = strconv.AppendUint(append(dst, '-'), uint64(binary.LittleEndian.Uint32(b[i:])), 10)
	}
	return dst
}
