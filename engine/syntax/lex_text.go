package syntax

import (
	"strings"
	"unicode/utf8"
)

// str scans a "…" literal. Of its escapes \" \\ \n \t \r are resolved; in any other the backslash stays.
func (l *lexer) str() token {
	n, closed := quotedLen(l.src[l.pos:])
	if !closed {
		open := Span{l.pos, l.pos + 1}
		return l.bad(1, Error{Msg: "this string is never closed", Want: `'"'`, Opening: &open})
	}
	t := l.take(str, n)
	t.text = unescape(t.text[1:n-1], `"\ntr`)
	return t
}

// character scans 'x'. Any character may stand between the quotes, a quote too.
func (l *lexer) character() token {
	_, n := utf8.DecodeRuneInString(l.src[l.pos+1:])
	if end := l.pos + 1 + n; n == 0 || end == len(l.src) || l.src[end] != '\'' {
		return l.strange()
	}
	t := l.take(str, n+2)
	t.text = strings.Clone(t.text[1 : n+1])
	return t
}

// escapedName reports whether a name in %"…", or bare after a percent sign, begins here. In an expression a percent sign
// can also be a modulo: the parser, when it expects one, takes the token apart again.
func (l *lexer) escapedName() bool {
	if len(l.src)-l.pos < 2 || l.src[l.pos] != '%' {
		return false
	}
	c := l.src[l.pos+1]
	return c == '"' || !l.scope && (c == '_' || letter(c))
}

// name scans %"any name" (escapes \" and \\), or %name[2].x up to the first character that neither a plain name nor an
// array index holds.
func (l *lexer) name() token {
	if l.src[l.pos+1] != '"' {
		n := strings.IndexFunc(l.src[l.pos+1:], func(r rune) bool { return !plainChar(r) && r != '[' && r != ']' })
		if n < 0 {
			n = len(l.src) - l.pos - 1
		}
		t := l.take(name, n+1)
		t.text = t.text[1:]
		return t
	}
	n, closed := quotedLen(l.src[l.pos+1:])
	if !closed {
		open := Span{l.pos, l.pos + 2}
		return l.bad(2, Error{Msg: "this field name is never closed", Want: `'"'`, Opening: &open})
	}
	t := l.take(name, n+1)
	if t.text = unescape(t.text[2:n], `"\`); t.text == "" {
		t.kind, t.err = bad, &Error{Span: t.Span, Msg: "a field name cannot be empty"}
	}
	return t
}

// regex scans a /…/ literal; only the parser knows that the slash at l.pos begins one.
func (l *lexer) regex() token {
	n, closed := regexLen(l.src[l.pos:])
	if !closed {
		open := Span{l.pos, l.pos + 1}
		return l.bad(1, Error{Msg: "this regular expression is never closed", Want: "'/'", Opening: &open})
	}
	t := l.take(regex, n)
	t.text = unescapeSlashes(t.text[1 : n-1])
	return t
}

// quotedLen returns the length of the "…" that s begins with, quotes included.
func quotedLen(s string) (n int, closed bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1, true
		}
	}
	return 0, false
}

// regexLen returns the length of the /…/ that s begins with. It stands on one line.
func regexLen(s string) (n int, closed bool) {
	for i := 1; i < len(s) && s[i] != '\n'; i++ {
		switch s[i] {
		case '\\':
			i++
		case '/':
			return i + 1, true
		}
	}
	return 0, false
}

// commentLen returns the length of the comment at s[i:], 0 if there is none. Two slashes right after a colon are no
// comment: https://…, geo://….
func commentLen(s string, i int) (n int, closed bool) {
	rest := s[i:]
	switch {
	case has(rest, "//") && (i == 0 || s[i-1] != ':'):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return n, true
		}
		return len(rest), true
	case has(rest, "/*"):
		n := strings.Index(rest[2:], "*/")
		return n + 4, n >= 0
	}
	return 0, true
}

var escaped = map[byte]byte{'"': '"', '\\': '\\', 'n': '\n', 't': '\t', 'r': '\r'}

// unescape resolves the escapes \c for each c in known; other backslashes stay.
func unescape(s, known string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return strings.Clone(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\\' && i+1 < len(s) && strings.IndexByte(known, s[i+1]) >= 0 {
			i++
			c = escaped[s[i]]
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unescapeSlashes resolves \/ and keeps every other escape for the regex engine.
func unescapeSlashes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		if i++; s[i] != '/' {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
