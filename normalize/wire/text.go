package wire

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendText appends the text of a value that a verbatim field has; a container's is its JSON as it stands.
func AppendText(dst, json []byte) []byte {
	if json[0] == '"' {
		return appendUnescaped(dst, json[1:len(json)-1])
	}
	return append(dst, json...)
}

// appendUnescaped appends the text of a valid string. Half a surrogate pair becomes U+FFFD, as in gjson.
func appendUnescaped(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			dst = append(dst, s[i])
			i++
			continue
		}
		if s[i+1] != 'u' {
			dst = append(dst, shortEscape(s[i+1]))
			i += 2
			continue
		}
		r := hex4(s[i+2:])
		i += 6
		if utf16.IsSurrogate(r) && i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
			if pair := utf16.DecodeRune(r, hex4(s[i+2:])); pair != utf8.RuneError {
				r = pair
				i += 6
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

func shortEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c // quote, backslash, slash
}

func hex4(s []byte) (r rune) {
	for _, c := range s[:4] {
		r <<= 4
		if isDigit(c) {
			r |= rune(c - '0')
		} else {
			r |= rune(c|0x20-'a') + 10
		}
	}
	return r
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
