package literal

import (
	"bytes"
	"encoding/binary"
)

// Literal is a text that is looked for as it is, or in any case of its ASCII letters.
type Literal struct {
	Text string
	Fold bool // ASCII letters in any case; Text is in lower case
}

// standsAt reports whether the literal stands in b from start on, which may be outside of b.
func (l Literal) standsAt(b []byte, start int) bool {
	if start < 0 || start+len(l.Text) > len(b) {
		return false
	}
	b = b[start : start+len(l.Text)]
	if !l.Fold {
		return string(b) == l.Text
	}
	for i, c := range b {
		if lower(c) != l.Text[i] {
			return false
		}
	}
	return true
}

// spellings returns a short literal in all its cases.
func (l Literal) spellings() [][]byte {
	out := [][]byte{[]byte(l.Text)}
	for i := 0; l.Fold && i < len(l.Text); i++ {
		if c := l.Text[i]; isLower(c) {
			for _, s := range out {
				other := bytes.Clone(s)
				other[i] = c - 'a' + 'A'
				out = append(out, other)
			}
		}
	}
	return out
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// anchored is a literal by some of its bytes, which stand in it at an offset.
type anchored struct {
	literal Literal
	offset  int
}

// firstOf returns the smaller of two places, either of which may be -1: nowhere.
func firstOf(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

// fourAt returns the four bytes of b at a place, zero where b ends before.
func fourAt(b []byte, at int) uint32 {
	if at+4 <= len(b) {
		return binary.LittleEndian.Uint32(b[at:])
	}
	var four [4]byte
	copy(four[:], b[at:])
	return binary.LittleEndian.Uint32(four[:])
}
