package syntax

import "strings"

// skipper finds where a stage ends without knowing its grammar: at the next pipe that is not within a string, a regular
// expression, a comment, parentheses or brackets. The parser uses it for stages that it has no grammar for, and to go
// on after a mistake.
type skipper struct {
	src  string
	pos  int
	open []int // where the things were opened that are not closed yet
	last int   // the place after the last byte that is neither blank nor in a comment
}

// skipStage moves over the stage that begins at start: pos is then at its pipe or at the end, last after its last word.
// It returns where the innermost thing was opened that the stage leaves open (a parenthesis, bracket, string or comment),
// or -1. A parenthesis that is left open to the end of the query is taken for a mistake: then the stage ends at the first
// pipe.
func skipStage(src string, start int) (s skipper, open int) {
	s = skipper{src: src, pos: start, last: start}
	s.run(false)
	if len(s.open) == 0 {
		return s, -1
	}
	open = s.open[len(s.open)-1]
	s = skipper{src: src, pos: start, last: start}
	s.run(true)
	return s, open
}

// run moves to the next pipe; one within parentheses counts only if anyPipe is set.
func (s *skipper) run(anyPipe bool) {
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		switch {
		case has(s.src[s.pos:], "||"):
			s.pos += 2
			s.last = s.pos
			continue
		case c == '|' && (anyPipe || len(s.open) == 0):
			return
		case c == '(' || c == '[':
			s.open = append(s.open, s.pos)
		case (c == ')' || c == ']') && len(s.open) > 0:
			s.open = s.open[:len(s.open)-1]
		}
		s.step(c)
	}
}

// step moves over the thing at s.pos, which begins with c.
func (s *skipper) step(c byte) {
	n, comment := s.thing(c)
	s.pos += n
	if !comment && !blank(rune(c)) {
		s.last = s.pos
	}
}

// thing returns the length of the string, regular expression, quoted character, comment or single byte at s.pos.
func (s *skipper) thing(c byte) (n int, comment bool) {
	rest := s.src[s.pos:]
	switch c {
	case '"':
		if n, closed := quotedLen(rest); closed {
			return n, false
		}
		s.open = append(s.open, s.pos)
		return len(rest), false
	case '\'': // delim='|' of csv and split
		if len(rest) > 2 && rest[2] == '\'' {
			return 3, false
		}
	case '/':
		return s.slash(rest)
	}
	return 1, false
}

func (s *skipper) slash(rest string) (n int, comment bool) {
	if n, closed := commentLen(s.src, s.pos); n > 0 && (has(rest, "//") || len(s.open) == 0 || s.wordStart()) {
		if !closed {
			s.open = append(s.open, s.pos)
			n = len(rest)
		}
		return n, true
	}
	if n, closed := regexLen(rest); closed && s.regexPlace() {
		return n, false
	}
	return 1, false
}

// wordStart reports whether no word goes on at s.pos: within a word of the scope of a subquery, which stands in brackets, /* is no
// comment.
func (s *skipper) wordStart() bool {
	return s.pos == 0 || strings.IndexByte(" \t\r\n|(),[]\"", s.src[s.pos-1]) >= 0
}

// regexPlace reports whether a slash at s.pos begins a regular expression: after matches, and as an argument.
func (s *skipper) regexPlace() bool {
	const matches = "matches"
	before := strings.TrimRight(s.src[:s.last], "( ")
	return strings.HasSuffix(before, ",") || len(before) >= len(matches) && strings.EqualFold(before[len(before)-len(matches):], matches)
}

// bracketEnd returns the place after the bracket that closes the one at start, -1 if none does.
func bracketEnd(src string, start int) int {
	s := skipper{src: src, pos: start}
	for s.pos < len(src) {
		switch c := src[s.pos]; c {
		case '(', '[':
			s.open = append(s.open, s.pos)
		case ')', ']':
			if s.open = s.open[:len(s.open)-1]; len(s.open) == 0 {
				return s.pos + 1
			}
		}
		s.step(src[s.pos])
	}
	return -1
}
