package wire

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"retrohunt/internal/swar"
)

// stringKind says what a string's bytes need before they are its text.
type stringKind uint8

const (
	plain   stringKind = 0
	escaped stringKind = 1 << iota // it has escapes
	broken                         // it is no string: brokenString says why
	unseen                         // it is one, and nobody has looked at what is in it
)

// scanString finds the end of a string whose first character is at i: the place of the closing quote, or of what is wrong.
func scanString(src []byte, i int) (end int, kind stringKind) {
	for {
		for i+16 <= len(src) {
			b := (*[16]byte)(src[i:])
			low := swar.Special(binary.LittleEndian.Uint64(b[:8]))
			high := swar.Special(binary.LittleEndian.Uint64(b[8:]))
			if low|high == 0 {
				i += 16
				continue
			}
			n, m := bits.TrailingZeros64(low), bits.TrailingZeros64(high)+64
			if low == 0 {
				n = m
			}
			i += n >> 3
			break
		}
		switch {
		case i >= len(src):
			return i, broken
		case src[i] == '"':
			return i, kind
		case src[i] == '\\':
			kind |= escaped
			for i < len(src) && src[i] == '\\' { // one rarely comes alone
				n := escapeLength(src[i:])
				if n == 0 {
					return i, broken
				}
				i += n
			}
		case src[i] < ' ':
			return i, broken
		default: // the last bytes of the event, one by one
			i++
		}
	}
}

// kindOf returns the kind of a string that is one.
func kindOf(s []byte) stringKind {
	if bytes.IndexByte(s, '\\') >= 0 {
		return escaped
	}
	return plain
}

// brokenString says what is wrong with a string at the place where scanString gave up.
func brokenString(src []byte, end int) string {
	switch {
	case end >= len(src):
		return "unterminated string"
	case src[end] == '\\':
		return "invalid escape in a string"
	}
	return "control character in a string"
}

// isASCII reports whether no byte of a key is beyond ASCII.
func isASCII(key []byte) bool {
	var all uint64
	for ; len(key) > 8; key = key[8:] {
		all |= binary.LittleEndian.Uint64(key)
	}
	for _, c := range key {
		all |= uint64(c)
	}
	return all&swar.HighBits == 0
}

// escapeLength returns the number of bytes of the escape that s starts with, 0 if it is none.
func escapeLength(s []byte) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(s) < 6 {
			return 0
		}
		for _, c := range s[2:6] {
			if !isHex(c) {
				return 0
			}
		}
		return 6
	}
	return 0
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func isDigit(c byte) bool { return c-'0' < 10 }

// scanPlain returns the end of a number, true, false or null that starts at i, which is in the event; ok is false if it is none of them,
// and end is where a number goes wrong.
func scanPlain(src []byte, i int) (end int, ok bool) {
	switch src[i] {
	case 't':
		return i + len("true"), hasPrefix(src[i:], "true")
	case 'f':
		return i + len("false"), hasPrefix(src[i:], "false")
	case 'n':
		return i + len("null"), hasPrefix(src[i:], "null")
	}
	return scanNumber(src, i)
}

func hasPrefix(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == prefix
}

// scanNumber returns the end of a number that starts at i; ok is false if it is none, and end is where it goes wrong.
func scanNumber(src []byte, i int) (end int, ok bool) {
	if i < len(src) && src[i] == '-' {
		i++
	}
	if i < len(src) && src[i] == '0' {
		i++
	} else if i, ok = scanDigits(src, i); !ok {
		return i, false
	}
	if i < len(src) && src[i] == '.' {
		if i, ok = scanDigits(src, i+1); !ok {
			return i, false
		}
	}
	if i < len(src) && src[i]|0x20 == 'e' {
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		return scanDigits(src, i)
	}
	return i, true
}

// scanDigits returns the end of one or more digits that start at i.
func scanDigits(src []byte, i int) (end int, ok bool) {
	start := i
	for i < len(src) && isDigit(src[i]) {
		i++
	}
	return i, i > start
}

// scanSpace returns the first place from i on that is not JSON white space.
func scanSpace(src []byte, i int) int {
	for i < len(src) && src[i] <= ' ' && isSpace(src[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
