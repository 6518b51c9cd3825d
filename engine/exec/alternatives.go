package exec

import (
	"strconv"

	"retrohunt/engine/match"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// manyTerms is from how many alternatives on those that compare one field with texts are looked up instead of tried: those of a
// subquery may be thousands.
const manyTerms = 8

// alternatives compiles the terms of an OR, many of them into few. Which of them holds makes no difference.
func (c *compiler) alternatives(terms []plan.Expr) []condition {
	if len(terms) < manyTerms {
		return c.conditions(terms)
	}
	var out []condition
	var keywords []match.Keyword
	var order []*choices
	by := map[string]*choices{}
	for _, term := range terms {
		if k, ok := term.(*plan.Keyword); ok {
			keywords = append(keywords, k.Pattern)
			continue
		}
		e, ok := equalityOf(term)
		if !ok {
			out = append(out, c.condition(term))
			continue
		}
		if by[e.key] == nil {
			by[e.key] = &choices{by: map[string][]condition{}}
			order = append(order, by[e.key])
		}
		by[e.key].add(c, term, e)
	}
	for _, one := range order {
		out = append(out, one.condition(c))
	}
	if len(keywords) > 0 {
		all := match.CompileKeywords(keywords)
		out = append(out, func(f *frame) bool { return all.Match(f.record.Raw) })
	}
	return out
}

// equality is a term that holds where X is a text, and Rest does.
type equality struct {
	x    plan.Expr
	key  string // the same for terms that can be looked up together
	text string
	fold bool // in any case
	rest []plan.Expr
}

func equalityOf(term plan.Expr) (e equality, ok bool) {
	switch term := term.(type) {
	case *plan.And:
		if e, ok = equalityOf(term.Terms[0]); ok && e.rest == nil {
			e.rest = term.Terms[1:]
		}
		return e, ok
	case *plan.CompareText:
		e, ok = equality{x: term.X, text: term.Text}, term.Op == value.Eq
	case *plan.Compare:
		text, isConst := term.Y.(*plan.Const)
		if ok = isConst && term.Op == value.Eq && text.Value.Kind() == value.String; ok {
			e = equality{x: term.X, text: text.Value.Str()}
		}
	case *plan.FoldGlob:
		e = equality{x: term.X, fold: true}
		e.text, ok = term.Pattern.Plain()
	}
	switch x := e.x.(type) {
	case *plan.Input:
		e.key = "input " + strconv.Itoa(x.Index)
	case *plan.Local:
		e.key = "slot " + strconv.Itoa(x.Slot)
	default:
		return e, false
	}
	if e.fold {
		e.key += " in any case"
	}
	return e, ok
}

// choices are the terms that compare one field with texts.
type choices struct {
	x    plan.Expr
	fold bool
	by   map[string][]condition // what else must hold, by text; nil is nothing
	all  []condition            // for values that are no texts, which texts are cast for
}

func (s *choices) add(c *compiler, term plan.Expr, e equality) {
	s.x, s.fold = e.x, e.fold
	var rest condition
	if len(e.rest) > 0 {
		rest = c.and(e.rest)
	}
	s.by[e.text] = append(s.by[e.text], rest)
	if !e.fold {
		s.all = append(s.all, c.condition(term))
	}
}

func (s *choices) condition(c *compiler) condition {
	if s.fold {
		text := c.text(s.x)
		var folded []byte // scratch
		return func(f *frame) bool {
			t, ok := text(f)
			folded = match.AppendFolded(folded[:0], t)
			return ok && oneHolds(s.by[string(folded)], f)
		}
	}
	x := c.value(s.x)
	return func(f *frame) bool {
		switch v := x(f); v.Kind() {
		case value.Null:
			return false
		case value.String:
			return oneHolds(s.by[v.Str()], f)
		}
		return oneHolds(s.all, f)
	}
}

func oneHolds(list []condition, f *frame) bool {
	for _, holds := range list {
		if holds == nil || holds(f) {
			return true
		}
	}
	return false
}
