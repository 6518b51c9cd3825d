package jsonquote

import (
	"unicode/utf16"
	"unicode/utf8"
)

// AppendUnquoted appends what the inside of a valid JSON string means, what stands between its quotes. Half a surrogate pair
// becomes U+FFFD, as in gjson; bytes that are no UTF-8 stay.
func AppendUnquoted[S string | []byte](dst []byte, s S) []byte {
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			start := i
			for i < len(s) && s[i] != '\\' {
				i++
			}
			dst = append(dst, s[start:i]...)
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

// hex4 reads four hexadecimal digits.
func hex4[S string | []byte](s S) (r rune) {
	for i := range 4 {
		r <<= 4
		if c := s[i]; c <= '9' {
			r |= rune(c - '0')
		} else {
			r |= rune(c|0x20-'a') + 10
		}
	}
	return r
}
