package match

import (
	"strconv"
	"unicode/utf8"
)

// FoldGlob is the value of field=value in the scope: * stands for any run of characters, ? for one, case does not count,
// and the whole value must match (section 2 of the language reference).
type FoldGlob struct {
	text    string
	pattern []rune // folded
}

// CompileFoldGlob compiles a pattern. Every text is one.
func CompileFoldGlob(pattern string) FoldGlob {
	g := FoldGlob{text: pattern}
	for _, r := range pattern {
		g.pattern = append(g.pattern, fold(r))
	}
	return g
}

// Match reports whether the whole of s matches. After a mismatch it returns to the last star only: an earlier star could
// not do better.
func (g FoldGlob) Match(s string) bool {
	p, i := 0, 0
	star, resume := -1, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case p < len(g.pattern) && g.pattern[p] == '*':
			star, resume = p, i
			p++
		case p < len(g.pattern) && (g.pattern[p] == '?' || g.pattern[p] == fold(r)):
			p++
			i += size
		case star >= 0:
			_, size := utf8.DecodeRuneInString(s[resume:])
			resume += size
			p, i = star+1, resume
		default:
			return false
		}
	}
	for p < len(g.pattern) && g.pattern[p] == '*' {
		p++
	}
	return p == len(g.pattern)
}

// String says in words how the pattern is looked for.
func (g FoldGlob) String() string { return "is " + strconv.Quote(g.text) + " in any case" }
