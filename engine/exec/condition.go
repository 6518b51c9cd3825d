package exec

import (
	"strings"

	"retrohunt/engine/match"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// condition computes whether an expression holds for a frame; null does not.
type condition func(*frame) bool

// condition compiles an expression for its truth.
func (c *compiler) condition(e plan.Expr) condition {
	switch e := e.(type) {
	case *plan.And:
		return c.and(e.Terms)
	case *plan.Or:
		return c.or(e.Terms)
	case *plan.Not:
		holds := c.condition(e.X)
		return func(f *frame) bool { return !holds(f) }
	case *plan.Compare:
		x, y := c.value(e.X), c.value(e.Y)
		return func(f *frame) bool { return value.Holds(e.Op, x(f), y(f)) }
	case *plan.CompareText:
		x := c.value(e.X)
		return func(f *frame) bool { return value.HoldsText(e.Op, x(f), e.Text) }
	case *plan.In:
		return c.in(e)
	case *plan.Test:
		return c.test(e)
	case *plan.Contains:
		return c.contains(e)
	case *plan.Glob:
		return pattern(c.text(e.X), e.Pattern)
	case *plan.FoldGlob:
		return pattern(c.text(e.X), e.Pattern)
	case *plan.Regex:
		return pattern(c.text(e.X), e.Pattern)
	case *plan.GlobOf:
		return c.globOf(e)
	case *plan.LookupContains:
		return c.lookupContains(e)
	case *plan.Keyword:
		return func(f *frame) bool { return e.Pattern.Match(f.record.Raw) }
	}
	x := c.value(e)
	return func(f *frame) bool { return value.Truth(x(f)) }
}

func (c *compiler) conditions(list []plan.Expr) []condition {
	out := make([]condition, len(list))
	for i, e := range list {
		out[i] = c.condition(e)
	}
	return out
}

func (c *compiler) and(terms []plan.Expr) condition {
	all := c.conditions(terms)
	return func(f *frame) bool {
		for _, holds := range all {
			if !holds(f) {
				return false
			}
		}
		return true
	}
}

func (c *compiler) or(terms []plan.Expr) condition {
	any := c.alternatives(terms)
	return func(f *frame) bool { return oneHolds(any, f) }
}

func (c *compiler) in(e *plan.In) condition {
	x := c.value(e.X)
	list := make([]evaluator, len(e.List))
	for i, item := range e.List {
		list[i] = c.value(item)
	}
	items := make([]value.Value, len(list))
	return func(f *frame) bool {
		for i, item := range list {
			items[i] = item(f)
		}
		return value.In(x(f), items)
	}
}

func (c *compiler) test(e *plan.Test) condition {
	x := c.value(e.X)
	switch e.Kind {
	case plan.IsNull:
		return func(f *frame) bool { return x(f).IsNull() }
	case plan.IsEmpty:
		return func(f *frame) bool { return value.IsEmpty(x(f)) }
	}
	return func(f *frame) bool { return value.IsBlank(x(f)) }
}

// contains: two empty texts contain each other, an empty one and another do not (documented).
func (c *compiler) contains(e *plan.Contains) condition {
	x, y := c.text(e.X), c.text(e.Y)
	return func(f *frame) bool {
		whole, okX := x(f)
		part, okY := y(f)
		if !okX || !okY || (whole == "") != (part == "") {
			return false
		}
		return strings.Contains(whole, part)
	}
}

// pattern matches a text; null matches nothing, not even *.
func pattern[P interface{ Match(string) bool }](text texter, p P) condition {
	return func(f *frame) bool {
		s, ok := text(f)
		return ok && p.Match(s)
	}
}

// globOf compiles the pattern of each row; rows seldom share one, so nothing is kept.
func (c *compiler) globOf(e *plan.GlobOf) condition {
	x, glob := c.text(e.X), c.text(e.Pattern)
	return func(f *frame) bool {
		s, okX := x(f)
		p, okP := glob(f)
		return okX && okP && match.CompileGlob(p).Match(s)
	}
}
