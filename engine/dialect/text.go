package dialect

import "strings"

// text is a query beside a mask of it: as long, with a filler in the place of what stands in quotes, in regular expressions and in
// comments, so that a search finds words of the language only.
type text struct{ src, mask string }

// filler stands for a byte that is no word of the language.
const filler = '\x00'

func read(src string) text {
	mask := []byte(src)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			mask[i] = filler
		}
	}
	for i := 0; i < len(src); i++ {
		rest := src[i:]
		switch {
		case src[i] == '"':
			n := quotedLen(rest)
			blank(i+1, i+n-1)
			i += n - 1
		case curlyLen(rest) > 0:
			n := curlyLen(rest)
			blank(i+len("“"), i+n-len("”"))
			i += n - 1
		case strings.HasPrefix(rest, "//") && (i == 0 || src[i-1] != ':'):
			n := lineLen(rest)
			blank(i, i+n)
			i += n - 1
		case strings.HasPrefix(rest, "/*") && (i == 0 || strings.IndexByte(" \t\r\n|(),", src[i-1]) >= 0):
			end := strings.Index(rest, "*/")
			if end < 0 {
				end = len(rest) - 2
			}
			blank(i, i+end+2)
			i += end + 1
		case src[i] == '/' && regexStarts(string(mask[:i])):
			n := regexLen(rest)
			blank(i+1, i+n-1)
			i += n - 1
		}
	}
	return text{src, string(mask)}
}

// quotedLen returns the length of the text in quotes that s begins with; all of s if it is never closed.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func lineLen(s string) int {
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		return n
	}
	return len(s)
}

// regexStarts reports whether a slash behind this text begins a regular expression.
func regexStarts(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, " \t\r\n("))
	return strings.HasSuffix(before, "matches") || strings.HasSuffix(before, "=~") || strings.HasSuffix(before, ",")
}

func regexLen(s string) int {
	for i := 1; i < len(s) && s[i] != '\n'; i++ {
		switch s[i] {
		case '\\':
			i++
		case '/':
			return i + 1
		}
	}
	return 1
}

// part is a stretch of the text.
type part struct{ start, end int }

func (t text) of(p part) string   { return strings.TrimSpace(t.src[p.start:p.end]) }
func (t text) mark(p part) string { return t.mask[p.start:p.end] }

// trim returns a part without blanks and comments around it.
func (t text) trim(p part) part {
	for p.start < p.end && strings.IndexByte(" \t\r\n\x00", t.mask[p.start]) >= 0 {
		p.start++
	}
	for p.end > p.start && strings.IndexByte(" \t\r\n\x00", t.mask[p.end-1]) >= 0 {
		p.end--
	}
	return p
}

// stages returns the stages behind the scope, without blanks around them.
func (t text) stages() []part {
	all := t.split(part{0, len(t.mask)}, '|')
	out := make([]part, 0, len(all))
	for _, p := range all[1:] {
		if p = t.trim(p); p.end > p.start {
			out = append(out, p)
		}
	}
	return out
}

// split cuts a part at a sign outside of brackets; two pipes are an or.
func (t text) split(p part, sign byte) []part {
	var out []part
	depth, start := 0, p.start
	for i := p.start; i < p.end; i++ {
		switch c := t.mask[i]; {
		case c == '(' || c == '[':
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
		case c == '|' && i+1 < p.end && t.mask[i+1] == '|':
			i++
		case c == sign && depth == 0:
			out = append(out, part{start, i})
			start = i + 1
		}
	}
	return append(out, part{start, p.end})
}

// closing returns the place of the bracket that closes the one at open, -1 if none does.
func (t text) closing(open, end int) int {
	depth := 0
	for i := open; i < end; i++ {
		switch t.mask[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// args returns the arguments of the call whose bracket is at open, and the place behind its end.
func (t text) args(open, end int) (args []string, after int, ok bool) {
	closing := t.closing(open, end)
	if closing < 0 {
		return nil, 0, false
	}
	if strings.TrimSpace(t.mask[open+1:closing]) == "" {
		return nil, closing + 1, true
	}
	for _, p := range t.split(part{open + 1, closing}, ',') {
		args = append(args, t.of(p))
	}
	return args, closing + 1, true
}
