package sources

import "retrohunt/internal/swar"

// scan finds the end of an object or array by its brackets and strings alone; normalize checks the grammar later. It can
// be interrupted at any byte and goes on with a longer view of the same bytes.
type scan struct {
	at       int // how far it looked
	depth    int
	inString bool
	escaped  bool // the byte at `at` is escaped
	broken   bool // a line ended inside a string, which JSON does not allow
}

// element goes on through b and reports whether the element that begins at b[0] ends within it, or is broken; at is then
// behind it, or at the line's end.
func (s *scan) element(b []byte) bool {
	for {
		if s.inString && !s.string(b) {
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
				s.depth++
			} else if s.depth--; s.depth == 0 {
				return true
			}
		}
		s.inString = true
	}
}

// structural are the bytes that matter outside of strings.
var structural = [256]bool{'"': true, '{': true, '}': true, '[': true, ']': true}

// string goes on through a string and reports whether it ends, or breaks, within b.
func (s *scan) string(b []byte) bool {
	if s.escaped && s.at < len(b) {
		s.at++
		s.escaped = false
	}
	for {
		s.at = swar.IndexSpecial(b, s.at)
		if s.at >= len(b) {
			return false
		}
		switch b[s.at] {
		case '"':
			s.at++
			s.inString = false
			return true
		case '\\':
			if s.at+1 >= len(b) {
				s.at++
				s.escaped = true
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
