package syntax

import (
	"math"
	"strconv"
	"strings"
)

// number scans digits, at most one point, an exponent with its sign, and a size or time suffix.
func (l *lexer) number() token {
	rest := l.src[l.pos:]
	n := numberLen(rest)
	if after := wordLen(rest[n:]); after > 0 {
		return l.badNumber(n + after)
	}
	return l.take(num, n)
}

// badNumber says what is wrong with the number-like thing in the next n bytes.
func (l *lexer) badNumber(n int) token {
	text := l.src[l.pos : l.pos+n]
	hint := `a text stands in quotes: "` + text + `", a field in %"` + text + `"`
	if i := strings.IndexAny(text, "eE"); i > 0 && numberLen(text) == i {
		hint = "an exponent has a small e and a sign: 1e+6, 1e-6"
	}
	return l.bad(n, Error{Msg: text + " is not a number", Hint: hint})
}

// numberLen returns the length of the number that s begins with, suffix included.
func numberLen(s string) int {
	n := digits(s)
	if n+1 < len(s) && s[n] == '.' && digit(s[n+1]) {
		n += 1 + digits(s[n+1:])
	}
	if n+2 < len(s) && s[n] == 'e' && (s[n+1] == '+' || s[n+1] == '-') && digit(s[n+2]) {
		return n + 2 + digits(s[n+2:])
	}
	if suffix := s[n : n+wordLen(s[n:])]; suffixes[suffix] != (scale{}) {
		n += len(suffix)
	}
	return n
}

func digits(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

// scale is what a suffix does to a number: times mul, by div.
type scale struct{ mul, div int64 }

// suffixes holds the size suffixes, and the time suffixes in milliseconds (Q/field-expressions). Case matters: 5m is five
// minutes, 5M five million.
var suffixes = map[string]scale{
	"k": {1e3, 1}, "K": {1e3, 1}, "M": {1e6, 1}, "G": {1e9, 1}, "B": {1e9, 1}, "T": {1e12, 1}, "P": {1e15, 1},
	"Ki": {1 << 10, 1}, "Mi": {1 << 20, 1}, "Gi": {1 << 30, 1}, "Ti": {1 << 40, 1}, "Pi": {1 << 50, 1},
	"ns": {1, 1e6}, "us": {1, 1e3}, "ms": {1, 1},
	"s": {1e3, 1}, "m": {60e3, 1}, "h": {3600e3, 1}, "d": {86400e3, 1}, "w": {7 * 86400e3, 1},
}

// newNumber makes the node of a number as the lexer scanned it.
func newNumber(t token) *Number {
	n := &Number{Span: t.Span, Text: strings.Clone(t.text)}
	figures := strings.TrimRight(t.text, "kKMGBTPinusmhdw")
	by, ok := suffixes[t.text[len(figures):]]
	if !ok {
		by = scale{1, 1}
	}
	f, _ := strconv.ParseFloat(figures, 64) // out of range is +Inf
	n.Float = f * float64(by.mul) / float64(by.div)
	if i, err := strconv.ParseInt(figures, 10, 64); err == nil {
		n.Int, n.IsInt = by.of(i)
	}
	if n.IsInt {
		n.Float = float64(n.Int)
	}
	return n
}

// of scales a whole number; false if the result is no whole number of 64 bits.
func (s scale) of(n int64) (int64, bool) {
	if n > math.MaxInt64/s.mul || n%s.div != 0 {
		return 0, false
	}
	return n * s.mul / s.div, true
}
