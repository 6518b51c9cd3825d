package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/agg"
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
	agg.Func
	Output string // the column it makes
	Arg    Expr   // nil: counts rows
}

func (g *Group) expressions() []*Expr {
	out := columnPointers(g.Keys)
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
		if strings.TrimPrefix(f.Name, agg.Approx) == "pct" {
			arg += ", " + strconv.FormatFloat(f.Percent, 'f', -1, 64)
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
		g.Funcs = append(g.Funcs, b.functions(call)...)
	}
	if b.options.Approximate {
		for i := range g.Funcs {
			g.Funcs[i].Func = g.Funcs[i].Approximate()
		}
	}
	b.group(g)
	if strings.EqualFold(s.Funcs[0].Name, check.CountFrequent) {
		b.op(&Sort{[]SortKey{{X: b.field(g.Funcs[0].Output)}}})
		b.op(&Limit{check.MaxFrequent})
	}
}

// functions returns what a call stands for: of a percentile a function for each percentage.
func (b *builder) functions(call *syntax.AggCall) []Func {
	names := check.AggNames(call)
	f := Func{Func: agg.Func{Name: strings.ToLower(call.Name)}, Output: names[0]}
	if len(call.Args) > 0 {
		f.Arg = b.expr(call.Args[0])
	}
	switch f.Name {
	case check.CountFrequent:
		f.Name = "count"
	case "median":
		f.Func = agg.Func{Name: "pct", Percent: 50}
	case "first", "last": // messages come newest first: without an operator on their order that is a matter of time
		if !b.ordered && b.section == b.plan.Sections[0] && !slices.ContainsFunc(b.section.Ops, needsOrder) {
			f.Name = map[string]string{"first": "most_recent", "last": "least_recent"}[f.Name]
			f.Arg = b.timed(f.Arg)
		}
	case "pct", "pct_sampling":
		var out []Func
		for i, percent := range check.Percents(call) {
			out = append(out, Func{agg.Func{Name: "pct", Percent: percent}, names[i], f.Arg})
		}
		return out
	}
	return []Func{f}
}

// group ends the section with a group.
func (b *builder) group(g *Group) {
	outputs := make([]string, len(g.Funcs))
	for i, f := range g.Funcs {
		outputs[i] = f.Output
	}
	if b.seen != nil {
		b.keepSeen(g)
	}
	b.section.Group = g
	b.endSection(g.Keys, outputs)
	if b.seen != nil {
		b.carrySeen()
	}
}

// endSection begins a new section. In it only the columns exist that the one before ends with.
func (b *builder) endSection(keys []Column, others []string) {
	b.section = b.newSection()
	b.names = names{made: map[string]Expr{}, open: func(string, meaning) Expr { return &Const{} }}
	b.columns, b.keys = nil, keys
	for _, k := range keys {
		b.sectionColumn(k.Name)
	}
	for _, name := range others {
		b.sectionColumn(name)
	}
}

func (b *builder) sectionColumn(name string) {
	x := &Local{b.section.slot(name), name}
	b.define(name, x)
	b.columns = append(b.columns, Column{name, x})
}
