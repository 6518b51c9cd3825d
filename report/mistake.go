package report

import (
	"io"
	"unicode/utf8"

	"retrohunt/engine/syntax"
	"retrohunt/internal/yamlplace"
)

// FileMistake prints a mistake in a file of settings, with its line and carets under what is wrong.
func FileMistake(w io.Writer, m *yamlplace.Mistake, o Options) {
	src := Source{Name: m.File, Line: m.Line, Text: m.Text}
	start := behindCharacters(m.Text, m.Column-1)
	src.excerpt(w, syntax.Span{Start: start, End: start + behindCharacters(m.Text[start:], m.Width)}, "error", m.Msg, o)
	instead(w, m.Hint)
}

// behindCharacters returns the place behind n characters.
func behindCharacters(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}
