package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWord is the length of the longest word that Sumo takes, in characters (K/build-search/search-syntax).
const maxWord = 2300

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// plainChar reports whether r may stand in a field name as it is.
func plainChar(r rune) bool {
	return r < utf8.RuneSelf && (letter(byte(r)) || digit(byte(r))) || r == '_' || r == '.'
}

// wordLen returns the length of the plain name that s begins with.
func wordLen(s string) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !plainChar(r) }); n >= 0 {
		return n
	}
	return len(s)
}

// plainName reports whether a field name needs no %"…": [A-Za-z_][A-Za-z0-9_.]* without two points in a row.
func plainName(s string) bool {
	return s != "" && (s[0] == '_' || letter(s[0])) && wordLen(s) == len(s) && !strings.Contains(s, "..")
}

// scopeChar reports whether r may stand in a keyword or value of the scope without quotes: letters, digits, and the
// characters that Sumo lists.
func scopeChar(r rune) bool {
	return strings.ContainsRune("-_:/.+@#$%^*?", r) || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// scopeWord scans a keyword or value of the scope. Two slashes end it, unless they follow a colon; a /* inside it is no
// comment.
func (l *lexer) scopeWord() token {
	n := 0
	for i, r := range l.src[l.pos:] {
		if comment, _ := commentLen(l.src, l.pos+i); !scopeChar(r) || comment > 0 && has(l.src[l.pos+i:], "//") {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	return l.word(n)
}

// plainWord scans a keyword or a field name after the first pipe.
func (l *lexer) plainWord() token {
	rest := l.src[l.pos:]
	n := strings.IndexFunc(rest, func(r rune) bool { return !plainChar(r) && !unicode.IsLetter(r) })
	if n < 0 {
		n = len(rest)
	}
	if !plainName(rest[:n]) {
		return l.bad(n, Error{Msg: "a field name stands by itself only if it is made of a-z, A-Z, 0-9, _ and single points", Hint: `write %"` + rest[:n] + `"`})
	}
	return l.word(n)
}

// word makes a token of the next n bytes.
func (l *lexer) word(n int) token {
	if utf8.RuneCountInString(l.src[l.pos:l.pos+n]) > maxWord {
		return l.bad(n, Error{Msg: "a word can have up to 2,300 characters"})
	}
	t := l.take(word, n)
	t.text = strings.Clone(t.text)
	return t
}
