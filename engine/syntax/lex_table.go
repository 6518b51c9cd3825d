package syntax

import (
	"strings"
	"unicode/utf8"
)

// table scans the name of a table: up to a blank, comma, pipe or parenthesis that is not within quotes.
func (l *lexer) table() token {
	rest, n := l.src[l.pos:], 0
	for n < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[n:])
		if blank(r) || strings.ContainsRune(",()|", r) {
			break
		}
		if r == '"' {
			quoted, closed := quotedLen(rest[n:])
			if !closed {
				open := Span{l.pos + n, l.pos + n + 1}
				return l.bad(n+1, Error{Msg: "this string is never closed", Want: `'"'`, Opening: &open})
			}
			size = quoted
		}
		n += size
	}
	if n == 0 {
		_, next := utf8.DecodeRuneInString(rest) // 0 at the end
		return l.bad(next, Error{Msg: "a table is missing", Want: `path://"/Library/…", geo://location, or the like`})
	}
	t := l.take(word, n)
	t.text = strings.Clone(t.text)
	return t
}
