package check

import (
	"errors"
	"regexp"
	resyntax "regexp/syntax"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// javaOnly holds what Java's regular expressions have and RE2's have not; Sumo Logic takes both.
var javaOnly = []struct {
	what string
	re   *regexp.Regexp
}{
	{"look-around in a regular expression", regexp.MustCompile(`\(\?<?[=!]`)},
	{"an atomic group in a regular expression", regexp.MustCompile(`\(\?>`)},
	{"a back-reference in a regular expression", regexp.MustCompile(`\\([1-9]|k<)`)},
	{"a possessive quantifier in a regular expression", regexp.MustCompile(`[*+?}]\+`)},
	{"a Java escape in a regular expression", regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|[hHRXGZec]|[pP]\{)`)},
}

// intersection is the one thing of Java that RE2 takes without complaint, and reads as something else: [a-z&&[^x]].
var intersection = regexp.MustCompile(`\[[^\]]*&&`)

// regex checks that a pattern is one that Go's RE2 can run.
func (c *checker) regex(r *syntax.Regex) {
	if intersection.MatchString(r.Pattern) {
		c.unsupported(r.Span, "an intersection of character classes in a regular expression", catalog.Planned)
		return
	}
	if _, err := regexp.Compile(r.Pattern); err != nil {
		c.badRegex(r, err)
	}
}

// badRegex tells what RE2 cannot run from what nothing can.
func (c *checker) badRegex(r *syntax.Regex, err error) {
	for _, j := range javaOnly {
		if j.re.MatchString(r.Pattern) {
			c.unsupported(r.Span, j.what, catalog.Planned)
			return
		}
	}
	e := new(resyntax.Error)
	errors.As(err, &e)
	if e.Code == resyntax.ErrInvalidRepeatSize || e.Code == resyntax.ErrLarge {
		c.unsupported(r.Span, "a regular expression with so many repetitions", catalog.Planned)
		return
	}
	c.mistake(r.Span, "this regular expression is not valid: "+e.Code.String()+": "+e.Expr, "")
}
