package match

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// FoldGlob is the value of field=value in the scope: * stands for any run of characters, ? for one, case does not count,
// and the whole value must match (section 2 of the language reference).
type FoldGlob struct {
	text    string
	pattern []rune // folded
	plain   bool   // * and ? are characters like others
}

// CompileFoldGlob compiles a pattern. Every text is one.
func CompileFoldGlob(pattern string) FoldGlob {
	g := FoldGlob{text: pattern}
	for _, r := range pattern {
		g.pattern = append(g.pattern, fold(r))
	}
	return g
}

// CompileFoldText compiles a text that has no wildcards, whatever it holds.
func CompileFoldText(text string) FoldGlob {
	g := CompileFoldGlob(text)
	g.plain = true
	return g
}

// Match reports whether the whole of s matches. After a mismatch it returns to the last star only: an earlier star could
// not do better.
func (g FoldGlob) Match(s string) bool {
	if g.plain {
		return g.is(s)
	}
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

// is reports whether s is the text of the pattern.
func (g FoldGlob) is(s string) bool {
	n := 0
	for _, r := range s {
		if n == len(g.pattern) || g.pattern[n] != fold(r) {
			return false
		}
		n++
	}
	return n == len(g.pattern)
}

// String says in words how the pattern is looked for.
func (g FoldGlob) String() string {
	if g.plain && strings.ContainsAny(g.text, "*?") {
		return "is the text " + strconv.Quote(g.text) + " in any case"
	}
	return "is " + strconv.Quote(g.text) + " in any case"
}

// Plain returns the folded text that a pattern without wildcards is; false if it has any. See AppendFolded.
func (g FoldGlob) Plain() (folded string, ok bool) {
	if !g.plain && strings.ContainsAny(g.text, "*?") {
		return "", false
	}
	return string(g.pattern), true
}

// AppendFolded appends what all texts have in common that differ in case only.
func AppendFolded(dst []byte, s string) []byte {
	for _, r := range s {
		dst = utf8.AppendRune(dst, fold(r))
	}
	return dst
}
