package plan

import (
	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// expr compiles an expression at this point of the pipeline.
func (b *builder) expr(e syntax.Expr) Expr {
	switch e := e.(type) {
	case *syntax.Field:
		return b.field(e.Name)
	case *syntax.String:
		return &Const{value.OfString(e.Value)}
	case *syntax.Number:
		return &Const{number(e)}
	case *syntax.Bool:
		return &Const{value.OfBool(e.Value)}
	case *syntax.Null:
		return &Const{}
	case *syntax.Unary:
		return b.unary(e)
	case *syntax.Binary:
		return b.binary(e)
	case *syntax.And:
		return &And{b.exprs(e.Terms)}
	case *syntax.Or:
		return &Or{b.exprs(e.Terms)}
	case *syntax.Matches:
		return b.matches(e)
	case *syntax.In:
		return b.in(e)
	case *syntax.Cond:
		return &If{b.expr(e.If), b.expr(e.Then), b.expr(e.Else)}
	case *syntax.Call:
		return b.call(e)
	case *syntax.Subquery:
		return b.subquery(e)
	case *syntax.LookupContains:
		t := b.table(e.From)
		return &LookupContains{t, b.lookupKeys(t.Name, e.On)}
	}
	panic("plan: check let an expression through that plan does not know")
}

func (b *builder) exprs(list []syntax.Expr) []Expr {
	out := make([]Expr, len(list))
	for i, e := range list {
		out[i] = b.expr(e)
	}
	return out
}

func number(n *syntax.Number) value.Value {
	if n.IsInt {
		return value.OfLong(n.Int)
	}
	return value.OfDouble(n.Float)
}

func (b *builder) unary(e *syntax.Unary) Expr {
	if e.Op == syntax.Not {
		return &Not{b.expr(e.X)}
	}
	return &Negate{b.expr(e.X)}
}

var compareOps = map[syntax.BinaryOp]value.CompareOp{
	syntax.Eq: value.Eq, syntax.Ne: value.Ne,
	syntax.Lt: value.Lt, syntax.Le: value.Le, syntax.Gt: value.Gt, syntax.Ge: value.Ge,
}

var arithOps = map[syntax.BinaryOp]value.ArithOp{
	syntax.Add: value.Add, syntax.Sub: value.Sub, syntax.Mul: value.Mul, syntax.Div: value.Div, syntax.Mod: value.Mod,
}

func (b *builder) binary(e *syntax.Binary) Expr {
	if op, ok := compareOps[e.Op]; ok {
		return b.comparison(op, e)
	}
	x, y := b.expr(e.X), b.expr(e.Y)
	if op, ok := arithOps[e.Op]; ok {
		return &Arith{op, x, y}
	}
	return &Contains{x, y}
}

// comparison prefers the comparison with a text, which needs no cast: it is right whenever one side is a text literal that
// is no number, for then a number on the other side compares by its text too.
// What is computed, even from constants, is no literal.
func (b *builder) comparison(op value.CompareOp, e *syntax.Binary) Expr {
	if text, ok := textLiteral(e.Y); ok {
		return &CompareText{op, b.expr(e.X), text}
	}
	if text, ok := textLiteral(e.X); ok {
		return &CompareText{mirrored[op], b.expr(e.Y), text}
	}
	return &Compare{op, b.expr(e.X), b.expr(e.Y)}
}

// mirrored is the comparison that holds for (y, x) when the key holds for (x, y).
var mirrored = map[value.CompareOp]value.CompareOp{
	value.Eq: value.Eq, value.Ne: value.Ne,
	value.Lt: value.Gt, value.Le: value.Ge, value.Gt: value.Lt, value.Ge: value.Le,
}

func textLiteral(e syntax.Expr) (string, bool) {
	s, ok := e.(*syntax.String)
	if !ok {
		return "", false
	}
	_, isNumber := value.ParseNumber(s.Value)
	return s.Value, !isNumber
}

func (b *builder) matches(e *syntax.Matches) Expr {
	x := b.expr(e.X)
	switch p := e.Pattern.(type) {
	case *syntax.String:
		return &Glob{x, match.CompileGlob(p.Value)}
	case *syntax.Regex:
		re, err := match.CompileRegex(p.Pattern)
		if err != nil {
			panic("plan: check let a regex through that does not compile: " + err.Error())
		}
		b.root.Regexes = append(b.root.Regexes, re.Searched())
		return &Regex{x, re}
	}
	return &GlobOf{x, b.expr(e.Pattern)}
}

func (b *builder) in(e *syntax.In) Expr {
	in := &In{b.expr(e.X), b.exprs(e.List)}
	if e.Not {
		return &Not{in}
	}
	return in
}
