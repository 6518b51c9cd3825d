package function

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"retrohunt/engine/value"
)

func base64Encode(c *Context, s string) value.Value {
	out := c.start()
	for len(s) > 0 {
		var group [3]byte
		n := copy(group[:], s)
		out = base64.StdEncoding.AppendEncode(out, group[:n])
		s = s[n:]
	}
	return c.made(out)
}

// charset decodes bytes to a text. What is none of its characters becomes U+FFFD.
type charset func(dst, bytes []byte) []byte

// charsets are those of S/base64decode, in lower case. Without an order of bytes a mark at the start says it, else the
// highest is first, as in Java.
var charsets = map[string]charset{
	"us-ascii": appendASCII,
	"utf-8":    appendUTF8,
	"utf-16":   func(dst, b []byte) []byte { return appendUTF16(dst, b, byteOrder(b, 2)) },
	"utf-16be": func(dst, b []byte) []byte { return appendUTF16(dst, b, binary.BigEndian) },
	"utf-16le": func(dst, b []byte) []byte { return appendUTF16(dst, b, binary.LittleEndian) },
	"utf-32":   func(dst, b []byte) []byte { return appendUTF32(dst, b, byteOrder(b, 4)) },
	"utf-32be": func(dst, b []byte) []byte { return appendUTF32(dst, b, binary.BigEndian) },
	"utf-32le": func(dst, b []byte) []byte { return appendUTF32(dst, b, binary.LittleEndian) },
}

var errCharset = errors.New("the encoding is unknown")

func base64Decode(c *Context, args []value.Value) (value.Value, error) {
	to := charset(appendUTF8)
	if len(args) == 2 {
		to = charsets[strings.ToLower(c.text(args[1]))]
	}
	if to == nil {
		return value.Value{}, errCharset
	}
	return decoded(c, args[0], to), nil
}

func bindBase64Decode(args []Arg) (Call, error) {
	if len(args) == 1 || !args[1].Known {
		return base64Decode, nil
	}
	to := charsets[strings.ToLower(args[1].Value.Text())]
	if to == nil {
		return nil, badArg(1, "there are US-ASCII, UTF-8, UTF-16, UTF-16LE, UTF-16BE, UTF-32, UTF-32LE and UTF-32BE",
			"base64Decode does not know the encoding %s", args[1].Value.Text())
	}
	return func(c *Context, args []value.Value) (value.Value, error) { return decoded(c, args[0], to), nil }, nil
}

// decoded decodes Base64 of either alphabet, with or without = at the end. What is none is returned unaltered (S/base64decode).
func decoded(c *Context, v value.Value, to charset) value.Value {
	if v.IsNull() {
		return v
	}
	s := c.text(v)
	bytes, ok := base64Bytes(c.start(), s)
	if !ok {
		return value.OfString(s)
	}
	c.keep(bytes)
	return c.made(to(c.start(), bytes))
}

func base64Bytes(dst []byte, s string) ([]byte, bool) {
	s = strings.TrimRight(s, "=\r\n\t ")
	var bits uint32
	n := 0
	for i := range len(s) {
		digit, ok := base64Digit(s[i])
		if !ok {
			if strings.IndexByte("\r\n\t ", s[i]) >= 0 {
				continue
			}
			return nil, false
		}
		bits = bits<<6 | uint32(digit)
		if n++; n%4 == 0 {
			dst = append(dst, byte(bits>>16), byte(bits>>8), byte(bits))
		}
	}
	switch n % 4 {
	case 1:
		return nil, false
	case 2:
		dst = append(dst, byte(bits>>4))
	case 3:
		dst = append(dst, byte(bits>>10), byte(bits>>2))
	}
	return dst, true
}

func base64Digit(b byte) (byte, bool) {
	switch {
	case b-'A' < 26:
		return b - 'A', true
	case b-'a' < 26:
		return b - 'a' + 26, true
	case b-'0' <= 9:
		return b - '0' + 52, true
	case b == '+' || b == '-':
		return 62, true
	case b == '/' || b == '_':
		return 63, true
	}
	return 0, false
}

func appendASCII(dst, b []byte) []byte {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			dst = utf8.AppendRune(dst, utf8.RuneError)
			continue
		}
		dst = append(dst, c)
	}
	return dst
}

func appendUTF8(dst, b []byte) []byte {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		dst = utf8.AppendRune(dst, r)
		b = b[size:]
	}
	return dst
}

func appendUTF16(dst, b []byte, order binary.ByteOrder) []byte {
	for ; len(b) >= 2; b = b[2:] {
		r := rune(order.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(b[2:]))); pair != utf8.RuneError {
				r = pair
				b = b[2:]
			}
		}
		dst = appendNoMark(dst, r)
	}
	return appendRest(dst, b)
}

func appendUTF32(dst, b []byte, order binary.ByteOrder) []byte {
	for ; len(b) >= 4; b = b[4:] {
		dst = appendNoMark(dst, rune(order.Uint32(b)))
	}
	return appendRest(dst, b)
}

const byteOrderMark = 0xfeff

func appendNoMark(dst []byte, r rune) []byte {
	if r == byteOrderMark {
		return dst
	}
	return utf8.AppendRune(dst, r)
}

// appendRest appends what stands for a character that was cut.
func appendRest(dst, rest []byte) []byte {
	if len(rest) == 0 {
		return dst
	}
	return utf8.AppendRune(dst, utf8.RuneError)
}

// byteOrder looks for a mark in characters of so many bytes.
func byteOrder(b []byte, size int) binary.ByteOrder {
	if len(b) >= size && b[0] == 0xff && b[1] == 0xfe {
		return binary.LittleEndian
	}
	return binary.BigEndian
}
