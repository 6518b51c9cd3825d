package function

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"retrohunt/engine/value"
)

var encodings = []Function{
	{Name: "base64decode", Call: base64Decode, Bind: bindBase64Decode, Drops: true},
	{Name: "base64encode", Call: ofText(base64Encode)},
	{Name: "dectohex", Call: decToHex},
	{Name: "hextoascii", Call: ofText(hexToASCII)},
	{Name: "hextodec", Call: ofText(hexToDec)},
	{Name: "parsehex", Call: ofText(hexToDec)},
	{Name: "urldecode", Call: ofText(urlDecode)},
	{Name: "urlencode", Call: ofText(urlEncode)},
}

// urlEncode is Java's URLEncoder, which queries meet in Sumo: a blank is a plus sign.
func urlEncode(c *Context, s string) value.Value {
	out := c.start()
	for i := range len(s) {
		switch b := s[i]; {
		case b|0x20-'a' < 26 || b-'0' <= 9 || strings.IndexByte("-_.*", b) >= 0:
			out = append(out, b)
		case b == ' ':
			out = append(out, '+')
		default:
			out = append(out, '%', upperHex[b>>4], upperHex[b&15])
		}
	}
	return c.made(out)
}

const upperHex = "0123456789ABCDEF"

// urlDecode leaves a percent sign alone that no two hexadecimal digits follow.
func urlDecode(c *Context, s string) value.Value {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return value.OfString(s)
	}
	out := c.start()
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b == '+' {
			b = ' '
		}
		if b == '%' && i+2 < len(s) {
			if decoded, ok := hexByte(s[i+1], s[i+2]); ok {
				b = decoded
				i += 2
			}
		}
		out = append(out, b)
	}
	return c.made(out)
}

func hexByte(high, low byte) (byte, bool) {
	h, okH := hexDigit(high)
	l, okL := hexDigit(low)
	return h<<4 | l, okH && okL
}

func hexDigit(b byte) (byte, bool) {
	switch {
	case b-'0' <= 9:
		return b - '0', true
	case b|0x20-'a' < 6:
		return b | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// withoutPrefix cuts 0x from a hexadecimal text.
func withoutPrefix(s string) string {
	if len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		return s[2:]
	}
	return s
}

// hexToDec reads up to 16 digits, in two's complement; null for anything else (S/hextodec, P/parsehex).
func hexToDec(_ *Context, s string) value.Value {
	s = withoutPrefix(s)
	if s == "" || len(s) > 16 {
		return value.Value{}
	}
	var n uint64
	for i := range len(s) {
		digit, ok := hexDigit(s[i])
		if !ok {
			return value.Value{}
		}
		n = n<<4 | uint64(digit)
	}
	return value.OfLong(int64(n))
}

// decToHex writes a long in two's complement and capitals; null if the argument does not cast (S/dectohex).
func decToHex(c *Context, args []value.Value) (value.Value, error) {
	n, ok := long(args[0])
	if !ok {
		return value.Value{}, nil
	}
	from := c.start()
	out := strconv.AppendUint(from, uint64(n), 16)
	for i, b := range out {
		if b >= 'a' {
			out[i] = b - 'a' + 'A'
		}
	}
	return c.made(out), nil
}

// hexToASCII makes a character of each two digits; null for anything else.
func hexToASCII(c *Context, s string) value.Value {
	s = withoutPrefix(s)
	if len(s)%2 != 0 {
		return value.Value{}
	}
	out := c.start()
	for i := 0; i < len(s); i += 2 {
		b, ok := hexByte(s[i], s[i+1])
		if !ok {
			return value.Value{}
		}
		out = utf8.AppendRune(out, rune(b))
	}
	return c.made(out)
}
