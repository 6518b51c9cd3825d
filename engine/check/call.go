package check

import (
	"errors"

	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// knownArgs checks the arguments that no row decides: formats, zones, prefix lengths, the regular expression of replace.
func (c *checker) knownArgs(e *syntax.Call) {
	f, ok := function.Find(e.Name)
	if !ok {
		return
	}
	if f.Name == "replace" {
		if re, ok := e.Args[1].(*syntax.Regex); ok {
			c.replacement(re, e.Args[2])
			return
		}
	}
	args := make([]function.Arg, len(e.Args))
	for i, x := range e.Args {
		args[i] = literal(x)
	}
	_, err := f.Bound(args)
	c.badArg(e.Args, err)
}

// replacement checks a regular expression and the groups that the text in its place names.
func (c *checker) replacement(r *syntax.Regex, with syntax.Expr) {
	re := c.regex(r)
	if re == nil {
		return
	}
	_, err := function.ReplaceRegex(re, literal(with))
	c.badArg([]syntax.Expr{2: with}, err)
}

func (c *checker) badArg(args []syntax.Expr, err error) {
	var bad *function.ArgError
	if errors.As(err, &bad) {
		c.mistake(args[bad.Arg].Pos(), bad.Msg, bad.Hint)
	}
}

// literal returns the value of a literal; anything else is not known.
func literal(e syntax.Expr) function.Arg {
	switch e := e.(type) {
	case *syntax.String:
		return function.Arg{Value: value.OfString(e.Value), Known: true}
	case *syntax.Number:
		if e.IsInt {
			return function.Arg{Value: value.OfLong(e.Int), Known: true}
		}
		return function.Arg{Value: value.OfDouble(e.Float), Known: true}
	case *syntax.Unary:
		if n, ok := e.X.(*syntax.Number); ok && e.Op == syntax.Neg {
			return function.Arg{Value: value.Negate(literal(n).Value), Known: true}
		}
	}
	return function.Arg{}
}
