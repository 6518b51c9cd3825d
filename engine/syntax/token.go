package syntax

import "strings"

// kind is what a token is. Words that are keywords somewhere (by, and, matches, …) are words: any of them may also be
// a field, so that only the parser, which knows the place, can tell.
type kind uint8

const (
	end kind = iota // of the query
	bad             // not a token; err says why
	pipe
	word  // a name or keyword; in the scope a keyword or value with its wildcards
	name  // %"…" or %a[0].b; text is the name itself
	str   // "…"; text has escapes resolved
	num   // 5, 1.5, 10k, 5m; text is as written
	regex // /…/; text has \/ resolved
	lparen
	rparen
	lbracket
	rbracket
	comma
	semicolon
	question
	colon
	bang
	eq // = and ==
	ne // != and <>
	lt
	le
	gt
	ge
	plus
	minus
	star
	slash
	percent
	andand
	oror
)

// token is a piece of the query with its place.
type token struct {
	Span
	kind kind
	text string
	err  *Error // of a bad token
}

// is reports whether t is the keyword w, in any case. A name in %"…" is never a keyword.
func (t token) is(w string) bool { return t.kind == word && strings.EqualFold(t.text, w) }

// startsOption reports whether an option of one of these names comes next, also behind a comma.
func (p *parser) startsOption(names ...string) bool {
	t := p.tok
	if t.kind == comma {
		t = p.peek()
	}
	return t.isAny(names...)
}

// isAny reports whether t is one of the keywords ws.
func (t token) isAny(ws ...string) bool {
	for _, w := range ws {
		if t.is(w) {
			return true
		}
	}
	return false
}
