// Package jsonquote makes JSON objects of logs in other forms: it appends texts as JSON strings, and knows which names an
// object has already. For readers of JSON it has the way back.
//
// It checks no UTF-8: bytes that are none pass through, as they do in logs that were JSON all along. It owns nothing but the
// memory of Names.
package jsonquote

import "retrohunt/internal/swar"

// Append appends text as a JSON string with its quotes. Quotes, backslashes and control characters are escaped.
func Append(dst, text []byte) []byte {
	dst = append(dst, '"')
	for {
		n := swar.IndexSpecial(text, 0)
		dst = append(dst, text[:n]...)
		if n == len(text) {
			return append(dst, '"')
		}
		dst = appendEscaped(dst, text[n])
		text = text[n+1:]
	}
}

func appendEscaped(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
