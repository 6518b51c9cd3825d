package wire

import (
	"encoding/binary"
	"math/bits"

	"retrohunt/internal/swar"
)

// stringKind says what a string's bytes need before they are its text.
type stringKind uint8

const (
	plain    stringKind = 0
	escaped  stringKind = 1 << iota // it has escapes
	nonASCII                        // it has bytes beyond ASCII
)

// scanString finds the end of a string whose first character is at i. It returns the place of the closing quote, or of
// what is wrong and the reason.
func scanString(src []byte, i int) (end int, kind stringKind, reason string) {
	for {
		var beyond uint64
		for i+8 <= len(src) {
			x := binary.LittleEndian.Uint64(src[i:])
			m := swar.Special(x)
			if m != 0 {
				n := bits.TrailingZeros64(m)
				beyond |= x & (1<<n>>7 - 1) // of the bytes before
				i += n >> 3
				break
			}
			beyond |= x
			i += 8
		}
		if beyond&swar.HighBits != 0 {
			kind |= nonASCII
		}
		if i >= len(src) {
			return i, kind, "unterminated string"
		}
		switch c := src[i]; {
		case c == '"':
			return i, kind, ""
		case c == '\\':
			n := escapeLength(src[i:])
			if n == 0 {
				return i, kind, "invalid escape in a string"
			}
			kind |= escaped
			i += n
		case c < ' ':
			return i, kind, "control character in a string"
		default: // the last bytes of the event, one by one
			if c >= 0x80 {
				kind |= nonASCII
			}
			i++
		}
	}
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
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
