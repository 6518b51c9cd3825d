package match

import "strings"

// What a text must hold for a pattern to match; what prefilters are made of. See also Glob.Literals.

// Literals returns the pieces between the wildcards, in order: a matching value holds them all, in some case.
func (g FoldGlob) Literals() []string {
	if g.plain {
		return []string{g.text}
	}
	return strings.FieldsFunc(g.text, func(r rune) bool { return r == '*' || r == '?' })
}

// Literals returns the pieces between wildcards and blanks, in order: a matching event holds them all, in some case.
func (k Keyword) Literals() []string {
	var out []string
	piece := ""
	for _, p := range k.parts {
		if p >= 0 {
			piece += string(rune(p))
			continue
		}
		out, piece = append(out, piece), ""
	}
	return append(out, piece)
}

// Source returns the pattern in RE2 syntax, "" if it has none.
func (r Regex) Source() string { return r.re.Source() }
