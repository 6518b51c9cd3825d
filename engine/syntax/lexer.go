package syntax

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// lexer cuts a query into tokens on demand: what a slash, a percent sign or a star is depends on the place, and the
// parser knows the place. It reads the scope and the stages after it by different rules; the parser sets which.
// The methods that scan a token expect l.pos at its first byte and leave it after its last.
type lexer struct {
	src   string
	pos   int
	scope bool // read by the rules of the scope, before the first pipe

	characters bool // 'x' is a string of one character, as csv and split have it
}

// next returns the next token; a bad one if there is none. After a bad token the position is of no use.
func (l *lexer) next() token {
	if open, ok := l.skipBlanks(); !ok {
		at := Span{open, open + 2}
		return token{Span: at, kind: bad, err: &Error{Span: at, Msg: "this comment is never closed", Want: "'*/'", Opening: &at}}
	}
	if l.pos == len(l.src) {
		return token{Span: Span{l.pos, l.pos}}
	}
	switch c := l.src[l.pos]; {
	case c == '"':
		return l.str()
	case c == '\'' && l.characters:
		return l.character()
	case l.escapedName():
		return l.name()
	case l.scope && scopeChar(l.rune()):
		return l.scopeWord()
	case c == '_' || unicode.IsLetter(l.rune()):
		return l.plainWord()
	case digit(c) || c == '.' && l.pos+1 < len(l.src) && digit(l.src[l.pos+1]): // .5 is a half
		return l.number()
	}
	return l.symbol()
}

// skipBlanks moves over white space and comments. It reports the place of a comment that is never closed.
func (l *lexer) skipBlanks() (open int, ok bool) {
	for l.pos < len(l.src) {
		n, closed := l.comment()
		switch {
		case !closed:
			return l.pos, false
		case n > 0:
			l.pos += n
		case blank(l.rune()):
			l.pos += utf8.RuneLen(l.rune())
		default:
			return 0, true
		}
	}
	return 0, true
}

// comment returns the length of the comment at l.pos, 0 if there is none. In the scope /* begins one only after white
// space: _sourceHost=/*/x, (/*/x).
func (l *lexer) comment() (n int, closed bool) {
	if l.scope && l.pos > 0 && !has(l.src[l.pos:], "//") && !blank(rune(l.src[l.pos-1])) {
		return 0, true
	}
	return commentLen(l.src, l.pos)
}

// blank reports whether r is white space. A byte order mark is, too: files begin with it.
func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// rune returns the character at l.pos; for invalid UTF-8 it is utf8.RuneError.
func (l *lexer) rune() rune {
	r, _ := utf8.DecodeRuneInString(l.src[l.pos:])
	return r
}

// take makes a token of the next n bytes.
func (l *lexer) take(k kind, n int) token {
	start := l.pos
	l.pos += n
	return token{Span: Span{start, l.pos}, kind: k, text: l.src[start:l.pos]}
}

// bad makes a bad token of the next n bytes.
func (l *lexer) bad(n int, e Error) token {
	t := l.take(bad, n)
	e.Span = t.Span
	t.err = &e
	return t
}

// symbols holds the operators and punctuation, longer ones first.
var symbols = []struct {
	text string
	kind kind
}{
	{"||", oror},
	{"&&", andand},
	{"==", eq},
	{"!=", ne},
	{"<>", ne},
	{"<=", le},
	{">=", ge},
	{"|", pipe},
	{"(", lparen},
	{")", rparen},
	{"[", lbracket},
	{"]", rbracket},
	{",", comma},
	{";", semicolon},
	{"?", question},
	{":", colon},
	{"!", bang},
	{"=", eq},
	{"<", lt},
	{">", gt},
	{"+", plus},
	{"-", minus},
	{"*", star},
	{"/", slash},
	{"%", percent},
}

func (l *lexer) symbol() token {
	rest := l.src[l.pos:]
	if has(rest, "=~") {
		return l.bad(2, Error{Msg: "=~ is not in the language", Hint: "write x matches /regex/"})
	}
	if l.scope && has(rest, "||") { // there is no || in the scope, so this is an empty stage
		return l.take(pipe, 1)
	}
	for _, s := range symbols {
		if has(rest, s.text) {
			return l.take(s.kind, len(s.text))
		}
	}
	return l.strange()
}

func has(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// strange says what is wrong with a character that begins no token.
func (l *lexer) strange() token {
	r, n := utf8.DecodeRuneInString(l.src[l.pos:])
	switch {
	case r == utf8.RuneError:
		return l.bad(n, Error{Msg: "this is not valid UTF-8"})
	case r == '\'' || r >= '\u2018' && r <= '\u201f':
		return l.bad(n, Error{Msg: fmt.Sprintf("unexpected %c", r), Hint: `text stands between straight double quotes: "…"`})
	case r == '#':
		return l.bad(n, Error{Msg: "unexpected '#'", Hint: "a comment begins with //"})
	case l.scope:
		return l.bad(n, Error{Msg: fmt.Sprintf("a keyword cannot hold %q as it stands", r), Hint: `put it in quotes: "…"`})
	}
	return l.bad(n, Error{Msg: fmt.Sprintf("unexpected %q", r)})
}
