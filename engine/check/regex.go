package check

import (
	"errors"
	resyntax "regexp/syntax"

	"retrohunt/engine/catalog"
	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
)

// regex compiles a regular expression; of one that cannot run it reports why and returns nil.
func (c *checker) regex(r *syntax.Regex) *regex.Regex {
	re, err := regex.Compile(r.Pattern)
	unsupported, invalid := new(regex.UnsupportedError), new(resyntax.Error)
	switch {
	case err == nil:
		return re
	case errors.As(err, &unsupported):
		c.unsupported(r.Span, unsupported.Construct+" in a regular expression", catalog.Planned, "write the expression without it")
	case errors.As(err, &invalid):
		c.mistake(r.Span, "this regular expression is not valid: "+invalid.Code.String()+": "+invalid.Expr, "")
	default:
		c.mistake(r.Span, "this regular expression is not valid: "+err.Error(), "")
	}
	return nil
}
