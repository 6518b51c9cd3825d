package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Group ends a section: rows with equal keys become one row, the keys and then the functions' results.
type Group struct {
	Keys  []Column
	Funcs []Func
}

// Func is one aggregate function of a group.
type Func struct {
	Name   string // in lower case, as engine/agg knows it
	Output string // the column it makes
	Arg    Expr   // nil: counts rows
}

func (g *Group) expressions() []*Expr {
	var out []*Expr
	for i := range g.Keys {
		out = append(out, &g.Keys[i].X)
	}
	for i := range g.Funcs {
		if g.Funcs[i].Arg != nil {
			out = append(out, &g.Funcs[i].Arg)
		}
	}
	return out
}

func (g *Group) String() string {
	var parts []string
	for _, f := range g.Funcs {
		arg := ""
		if f.Arg != nil {
			arg = f.Arg.String()
		}
		parts = append(parts, fmt.Sprintf("%s = %s(%s)", f.Output, f.Name, arg))
	}
	out := strings.Join(parts, ", ")
	if len(g.Keys) == 0 {
		return out
	}
	var keys []string
	for _, k := range g.Keys {
		keys = append(keys, k.X.String())
	}
	return out + " by " + strings.Join(keys, ", ")
}

// aggregate ends the section. Behind it only the group's own columns exist.
func (b *builder) aggregate(s *syntax.Aggregate) {
	g := &Group{}
	for _, f := range s.By {
		g.Keys = append(g.Keys, Column{f.Name, b.field(f.Name)})
	}
	for _, call := range s.Funcs {
		f := Func{Name: strings.ToLower(call.Name), Output: check.AggName(call)}
		if len(call.Args) > 0 {
			f.Arg = b.expr(call.Args[0])
		}
		g.Funcs = append(g.Funcs, f)
	}
	own := g.Funcs
	if b.seen != nil {
		b.keepSeen(g)
	}
	b.section.Group = g
	b.section = b.newSection()
	b.names = names{made: map[string]Expr{}, open: func(string, meaning) Expr { return &Const{} }}
	b.columns = nil
	for _, k := range g.Keys {
		b.groupColumn(k.Name)
	}
	for _, f := range own {
		b.groupColumn(f.Output)
	}
	if b.seen != nil {
		b.carrySeen()
	}
}

func (b *builder) groupColumn(name string) {
	x := &Local{b.section.slot(name), name}
	b.define(name, x)
	b.columns = append(b.columns, Column{name, x})
}
