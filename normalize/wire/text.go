package wire

import (
	"unicode"
	"unicode/utf8"

	"retrohunt/internal/jsonquote"
)

// AppendText appends the text of a value that a verbatim field has; a container's is its JSON as it stands.
func AppendText(dst, json []byte) []byte {
	if json[0] == '"' {
		return jsonquote.AppendUnquoted(dst, json[1:len(json)-1])
	}
	return append(dst, json...)
}

// appendName appends a key as names have it: lower-cased beyond ASCII too, a blank as an underscore.
func appendName(dst, key []byte) []byte {
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRune(key[i:])
		switch {
		case size == 1: // ASCII, or a byte that is no UTF-8 and stays as it is
			dst = append(dst, foldByte[key[i]])
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
		i += size
	}
	return dst
}

// spaceOutside returns the first white space of a container's JSON text that is outside of its strings, -1 if there is none.
func spaceOutside(json []byte) int {
	for i := 0; i < len(json); i++ {
		switch c := json[i]; {
		case c == '"':
			i, _ = scanString(json, i+1)
		case isSpace(c):
			return i
		}
	}
	return -1
}

// appendCompact appends a container's JSON text without the white space outside of its strings.
func appendCompact(dst, json []byte) []byte {
	for len(json) > 0 {
		i := spaceOutside(json)
		if i < 0 {
			return append(dst, json...)
		}
		dst = append(dst, json[:i]...)
		json = json[scanSpace(json, i):]
	}
	return dst
}
