package syntax

import "strings"

// binding is how tightly an expression holds together; the grammar of parse_expr.go from the loosest to the tightest.
type binding int

const (
	anything binding = iota
	ors
	ands
	comparisons
	sums
	products
	signs
	primaries
)

func bindingOf(e Expr) binding {
	switch e := e.(type) {
	case *Or:
		return ors
	case *And:
		return ands
	case *Matches, *In:
		return comparisons
	case *Unary:
		return signs
	case *Binary:
		switch e.Op {
		case Add, Sub:
			return sums
		case Mul, Div, Mod:
			return products
		case Contains: // written as a function
			return primaries
		}
		return comparisons
	}
	return primaries
}

// expr writes e, in parentheses if it binds looser than least.
func (p *printer) expr(e Expr, least binding) {
	if bindingOf(e) < least {
		p.text("(")
		defer p.text(")")
	}
	switch e := e.(type) {
	case *Field:
		p.field(e)
	case *String:
		p.text(quote(e.Value))
	case *Number:
		p.text(e.Text)
	case *Bool:
		p.bool(e.Value)
	case *Null:
		p.text("null")
	case *Regex:
		p.text("/" + escapeSlashes(e.Pattern) + "/")
	case *Unary:
		p.text(unaryOps[e.Op])
		p.expr(e.X, signs)
	case *Binary:
		p.binary(e)
	case *And:
		p.terms(e.Terms, " AND ", comparisons)
	case *Or:
		p.terms(e.Terms, " OR ", ands)
	case *Matches:
		p.expr(e.X, sums)
		p.text(" matches ")
		p.expr(e.Pattern, sums)
	case *In:
		p.expr(e.X, sums)
		p.option(e.Not, " not")
		p.text(" in ")
		p.args(e.List)
	case *Cond:
		p.text("if")
		p.args([]Expr{e.If, e.Then, e.Else})
	case *Call:
		p.text(e.Name)
		p.args(e.Args)
	case *LookupContains:
		p.lookupContains(e)
	case *Subquery:
		p.subquery(e)
	}
}

func (p *printer) bool(v bool) {
	if v {
		p.text("true")
	} else {
		p.text("false")
	}
}

// binary writes operators between their operands, and contains as a function: so it needs no parentheses, and can stand
// in the scope.
func (p *printer) binary(e *Binary) {
	if e.Op == Contains {
		p.text("contains")
		p.args([]Expr{e.X, e.Y})
		return
	}
	left, right := bindingOf(e), bindingOf(e)+1 // a-b-c is (a-b)-c
	if left == comparisons {
		left = sums
	}
	p.expr(e.X, left)
	p.text(" " + e.Op.String() + " ")
	p.expr(e.Y, right)
}

func (p *printer) terms(terms []Expr, between string, least binding) {
	for i, t := range terms {
		p.option(i > 0, between)
		p.expr(t, least)
	}
}

// args writes a list in parentheses.
func (p *printer) args(list []Expr) {
	p.text("(")
	for i, x := range list {
		p.comma(i)
		p.expr(x, anything)
	}
	p.text(")")
}

// escapeSlashes is the inverse of unescapeSlashes.
func escapeSlashes(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '/' {
			b.WriteByte('\\')
		}
		b.WriteByte(pattern[i])
		if pattern[i] == '\\' && i+1 < len(pattern) {
			i++
			b.WriteByte(pattern[i])
		}
	}
	return b.String()
}
