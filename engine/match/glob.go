package match

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gobwas/glob"
)

// Glob is the pattern of matches "…": * stands for any run of characters, none and newlines included, every other
// character for itself; case counts, and the whole value must match (section 4 of the language reference).
type Glob struct {
	form    globForm
	literal string        // of the forms that are one string operation
	general *glob.Pattern // of globMixed
	pieces  []string      // of globBytes
	pattern string
}

// globForm is the cheapest way to do a pattern.
type globForm uint8

const (
	globEquals   globForm = iota // lit
	globPrefix                   // lit*
	globSuffix                   // *lit
	globContains                 // *lit*
	globAny                      // *
	globMixed                    // anything else
	globBytes                    // anything else that is not UTF-8
)

var globWords = [...]string{"equals", "starts with", "ends with", "contains", "is not null", "matches", "matches"}

// CompileGlob compiles a pattern. Every text is one.
func CompileGlob(pattern string) Glob {
	g := Glob{pattern: pattern}
	g.literal = strings.Trim(pattern, "*")
	open, closed := strings.HasPrefix(pattern, "*"), strings.HasSuffix(pattern, "*")
	switch {
	case strings.Contains(g.literal, "*") && !utf8.ValidString(pattern):
		g.form, g.pieces = globBytes, strings.Split(pattern, "*")
	case strings.Contains(g.literal, "*"):
		g.form, g.general = globMixed, compileGeneral(pattern)
	case open && g.literal == "":
		g.form = globAny
	case open && closed:
		g.form = globContains
	case open:
		g.form = globSuffix
	case closed:
		g.form = globPrefix
	}
	return g
}

// compileGeneral quotes everything but the stars, of which a run is one.
func compileGeneral(pattern string) *glob.Pattern {
	pieces := strings.Split(pattern, "*")
	quoted := pieces[:0]
	for i, p := range pieces {
		if p != "" || i == 0 || i == len(pieces)-1 {
			quoted = append(quoted, glob.QuoteMeta(p))
		}
	}
	return glob.MustCompile(strings.Join(quoted, "*"))
}

// Match reports whether the whole of s matches.
func (g Glob) Match(s string) bool {
	switch g.form {
	case globEquals:
		return s == g.literal
	case globPrefix:
		return strings.HasPrefix(s, g.literal)
	case globSuffix:
		return strings.HasSuffix(s, g.literal)
	case globContains:
		return strings.Contains(s, g.literal)
	case globAny:
		return true
	case globBytes:
		return matchPieces(g.pieces, s)
	}
	return g.general.Match(s)
}

// Literals returns the pieces between the stars, in order: a matching value holds them all.
func (g Glob) Literals() []string {
	var out []string
	for _, p := range strings.Split(g.pattern, "*") {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// String says in words how the pattern is looked for.
func (g Glob) String() string {
	switch g.form {
	case globAny:
		return globWords[g.form]
	case globMixed, globBytes:
		return globWords[g.form] + " " + strconv.Quote(g.pattern)
	}
	return globWords[g.form] + " " + strconv.Quote(g.literal)
}
