package check

import (
	"fmt"
	"strconv"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// condition checks an expression that decides something.
func (c *checker) condition(e syntax.Expr) {
	c.expr(e)
	if r := resultOf(e); r == catalog.Text || r == catalog.Numeric {
		c.mistake(e.Pos(), fmt.Sprintf("this is %s, not a condition", r), `compare it with something: … = "value"`)
	}
}

func (c *checker) conditions(terms []syntax.Expr) {
	for _, t := range terms {
		c.condition(t)
	}
}

// expr checks an expression and everything in it.
func (c *checker) expr(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Field:
		c.field(e)
	case *syntax.Regex:
		c.mistake(e.Span, "a regular expression stands only after matches and in replace", "")
	case *syntax.Unary:
		c.unary(e)
	case *syntax.Binary:
		c.binary(e)
	case *syntax.And:
		c.conditions(e.Terms)
	case *syntax.Or:
		c.conditions(e.Terms)
	case *syntax.Matches:
		c.matches(e)
	case *syntax.In:
		c.notBound(e.X, func(x syntax.Expr) syntax.Expr { return &syntax.In{X: x, Not: e.Not, List: e.List} })
		c.expr(e.X)
		c.exprs(e.List)
	case *syntax.Cond:
		c.condition(e.If)
		c.expr(e.Then)
		c.expr(e.Else)
	case *syntax.Call:
		c.call(e)
	case *syntax.LookupContains:
		c.lookupContains(e)
	case *syntax.Subquery:
		c.subquery(e, true)
	}
}

func (c *checker) exprs(list []syntax.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

func (c *checker) unary(e *syntax.Unary) {
	if e.Op == syntax.Not {
		c.condition(e.X)
		return
	}
	c.operand(e.X)
}

func (c *checker) binary(e *syntax.Binary) {
	if e.Op >= syntax.Add && e.Op <= syntax.Mod {
		c.operand(e.X)
		c.operand(e.Y)
		return
	}
	if not, ok := e.X.(*syntax.Unary); ok && not.Op == syntax.Not && resultOf(not.X) != catalog.Boolean {
		c.notBound(e.X, func(x syntax.Expr) syntax.Expr { return &syntax.Binary{Op: e.Op, X: x, Y: e.Y} })
	}
	c.expr(e.X)
	c.expr(e.Y)
}

// operand checks one side of an arithmetic operator.
func (c *checker) operand(e syntax.Expr) {
	c.expr(e)
	if resultOf(e) == catalog.Boolean {
		c.mistake(e.Pos(), "this is a truth value, not a number", "")
	}
	if s, ok := e.(*syntax.String); ok {
		if _, err := strconv.ParseFloat(s.Value, 64); err != nil {
			c.mistake(s.Span, "this text is not a number", "concat(a, b) joins texts")
		}
	}
}

func (c *checker) matches(e *syntax.Matches) {
	c.notBound(e.X, func(x syntax.Expr) syntax.Expr { return &syntax.Matches{X: x, Pattern: e.Pattern} })
	c.expr(e.X)
	if re, ok := e.Pattern.(*syntax.Regex); ok {
		c.regex(re)
		return
	}
	c.expr(e.Pattern)
	if resultOf(e.Pattern) == catalog.Boolean {
		c.mistake(e.Pattern.Pos(), "this is a truth value, not a pattern", `write x matches "a*" or x matches "b*"`)
	}
}

// notBound reports a ! before the left side of a comparison: it binds to that side alone, which is never meant. whole
// makes the comparison that is meant to be negated.
func (c *checker) notBound(left syntax.Expr, whole func(syntax.Expr) syntax.Expr) {
	if not, ok := left.(*syntax.Unary); ok && not.Op == syntax.Not {
		c.mistake(not.Span, "! binds tighter than what follows, so it negates "+syntax.PrintExpr(not.X)+" alone",
			"write !("+syntax.PrintExpr(whole(not.X))+")")
	}
}

func (c *checker) call(e *syntax.Call) {
	entry, ok := catalog.Find(catalog.Function, e.Name)
	if !ok {
		c.unknown(catalog.Function, e.Name, e.NameSpan)
		c.exprs(e.Args)
		return
	}
	if c.arity(entry, len(e.Args), e.Span) {
		c.supported(entry, e.NameSpan)
		c.knownArgs(e)
	}
	for i, arg := range e.Args {
		if _, ok := arg.(*syntax.Regex); ok && i == 1 && entry.Name == "replace" {
			continue
		}
		c.expr(arg)
	}
}

// arity checks the number of arguments. What is not of Sumo Logic takes any.
func (c *checker) arity(e catalog.Entry, n int, at syntax.Span) bool {
	if e.Support == catalog.NotSumo || n >= e.Min && (n <= e.Max || e.Max == catalog.NoLimit) {
		return true
	}
	c.mistake(at, fmt.Sprintf("%s takes %s, not %d", e.Name, arguments(e), n), "for example: "+e.Example)
	return false
}

// arguments says how many arguments an entry takes.
func arguments(e catalog.Entry) string {
	switch {
	case e.Max == catalog.NoLimit:
		return fmt.Sprintf("%d or more arguments", e.Min)
	case e.Min != e.Max:
		return fmt.Sprintf("%d to %d arguments", e.Min, e.Max)
	case e.Min == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", e.Min)
}

// resultOf returns what an expression yields. A field can hold anything.
func resultOf(e syntax.Expr) catalog.Result {
	switch e := e.(type) {
	case *syntax.String:
		return catalog.Text
	case *syntax.Number:
		return catalog.Numeric
	case *syntax.Bool, *syntax.And, *syntax.Or, *syntax.Matches, *syntax.In, *syntax.LookupContains, *syntax.Subquery:
		return catalog.Boolean
	case *syntax.Unary:
		if e.Op == syntax.Not {
			return catalog.Boolean
		}
		return catalog.Numeric
	case *syntax.Binary:
		if e.Op >= syntax.Add && e.Op <= syntax.Mod {
			return catalog.Numeric
		}
		return catalog.Boolean
	case *syntax.Cond:
		if r := resultOf(e.Then); r == resultOf(e.Else) {
			return r
		}
	case *syntax.Call:
		entry, _ := catalog.Find(catalog.Function, e.Name)
		return entry.Result
	}
	return catalog.Any
}
