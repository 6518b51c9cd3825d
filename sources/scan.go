package sources

import (
	"math/bits"

	"retrohunt/internal/swar"
)

// scan finds the end of an object or array by its brackets and strings alone; normalize checks the grammar later. It can
// be interrupted at any byte and goes on with a longer view of the same bytes.
type scan struct {
	swar.Nesting      // of the byte at `at`
	at           int  // how far it looked
	broken       bool // a line ended inside a string, which JSON does not allow
}

// element goes on through b and reports whether the element that begins at b[0] ends within it, or is broken; at is then
// behind it, or at the line's end.
func (s *scan) element(b []byte) bool {
	for {
		s.at += s.Skip(b[s.at:])
		if s.at+64 > len(b) {
			break
		}
		if s.block((*[64]byte)(b[s.at:])) {
			return true
		}
	}
	return s.bytes(b)
}

// block goes on through 64 bytes, all at once, and reports whether the element ends within them, or is broken.
func (s *scan) block(b *[64]byte) bool {
	m := swar.Classify(b)
	escaped, escapes := uint64(0), false
	if s.Escaped || m.Backslash != 0 {
		escaped, escapes = swar.Escaped(m.Backslash, s.Escaped)
	}
	within := swar.Within(m.Quote &^ escaped)
	if s.InString {
		within = ^within
	}
	breaks := m.Newline & within &^ escaped
	if breaks|m.Backslash&^within != 0 { // outside of a string a backslash escapes nothing
		return s.slowly(b[:])
	}
	open, end := m.Open&^within, m.Close&^within
	if bits.OnesCount64(end) >= s.Depth {
		for all := open | end; all != 0; all &= all - 1 {
			if open&all&-all != 0 {
				s.Depth++
			} else if s.Depth--; s.Depth == 0 {
				s.at += bits.TrailingZeros64(all) + 1
				s.InString, s.Escaped = false, false
				return true
			}
		}
	} else {
		s.Depth += bits.OnesCount64(open) - bits.OnesCount64(end)
	}
	s.InString, s.Escaped = within>>63 == 1, escapes
	s.at += 64
	return false
}

// slowly goes on through the bytes of a block one by one.
func (s *scan) slowly(block []byte) bool {
	one := *s
	one.at = 0
	ends := one.bytes(block)
	one.at += s.at
	*s = one
	return ends
}

// bytes is element, byte by byte outside of strings.
func (s *scan) bytes(b []byte) bool {
	for {
		if s.InString && !s.string(b) {
			return false
		}
		if s.broken {
			return true
		}
		for {
			if s.at >= len(b) {
				return false
			}
			c := b[s.at]
			s.at++
			if !structural[c] {
				continue
			}
			if c == '"' {
				break
			}
			if c == '{' || c == '[' {
				s.Depth++
			} else if s.Depth--; s.Depth == 0 {
				return true
			}
		}
		s.InString = true
	}
}

// structural are the bytes that matter outside of strings.
var structural = [256]bool{'"': true, '{': true, '}': true, '[': true, ']': true}

// string goes on through a string and reports whether it ends, or breaks, within b.
func (s *scan) string(b []byte) bool {
	if s.Escaped && s.at < len(b) {
		s.at++
		s.Escaped = false
	}
	for {
		s.at = swar.IndexSpecial(b, s.at)
		if s.at >= len(b) {
			return false
		}
		switch b[s.at] {
		case '"':
			s.at++
			s.InString = false
			return true
		case '\\':
			if s.at+1 >= len(b) {
				s.at++
				s.Escaped = true
				return false
			}
			s.at += 2
		case '\n':
			s.broken = true
			return true
		default:
			s.at++
		}
	}
}
