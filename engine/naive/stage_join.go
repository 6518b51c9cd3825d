package naive

import (
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// join runs the stages of each table on copies of the rows and tries every combination of theirs.
func (p *pipeline) join(s *syntax.Join) {
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth}
	var tables []*pipeline
	for i, t := range s.Tables {
		table := p.copied()
		table.ordered = true
		for _, inner := range t.Stages {
			table.stage(inner)
		}
		tables = append(tables, table)
		shown := table.shown
		if table.aggregated {
			shown = table.columns
		}
		for _, name := range shown {
			after.define(check.JoinedName(t, name))
		}
		for _, k := range s.On {
			for _, f := range []*syntax.Field{k.Left, k.Right} {
				if of, name, _ := check.JoinField(s, f); of == i {
					after.define(check.JoinedName(t, table.spelling(name)))
				}
			}
		}
	}
	combine(s, tables, nil, func(rows []*row) {
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for i, t := range slices.Backward(s.Tables) { // a name that could be of several is of the first
			for name, v := range rows[i].everything() {
				r.set(check.JoinedName(t, name), v)
			}
		}
		after.rows = append(after.rows, r)
	})
	*p = after
}

// copied is the pipeline with rows of its own.
func (p *pipeline) copied() *pipeline {
	out := *p
	out.columns, out.shown, out.hidden, out.rows = slices.Clone(p.columns), slices.Clone(p.shown), slices.Clone(p.hidden), nil
	for _, r := range p.rows {
		one := *r
		one.fields = maps.Clone(r.fields)
		out.rows = append(out.rows, &one)
	}
	return &out
}

// combine calls do with a row of each table, for all that fit together.
func combine(s *syntax.Join, tables []*pipeline, rows []*row, do func([]*row)) {
	if !fit(s, tables, rows) {
		return
	}
	if len(rows) == len(tables) {
		do(rows)
		return
	}
	for _, r := range tables[len(rows)].rows {
		combine(s, tables, append(slices.Clone(rows), r), do)
	}
}

// fit reports whether rows have equal keys, and lie within the window.
func fit(s *syntax.Join, tables []*pipeline, rows []*row) bool {
	for _, k := range s.On {
		left, a, _ := check.JoinField(s, k.Left)
		right, b, _ := check.JoinField(s, k.Right)
		if left >= len(rows) || right >= len(rows) {
			continue
		}
		x, y := rows[left].get(a), rows[right].get(b)
		if x.IsNull() || y.IsNull() || x.Text() != y.Text() {
			return false
		}
	}
	for i, a := range rows {
		for j, b := range rows {
			x, y := a.event.Time, b.event.Time
			timed := !tables[i].aggregated && !tables[j].aggregated && !x.IsNull() && !y.IsNull()
			if s.Window != nil && timed && x.Long()-y.Long() > s.Window.Int {
				return false
			}
		}
	}
	return true
}

// everything are the fields of a row by their names in lower case.
func (r *row) everything() map[string]value.Value {
	out := map[string]value.Value{}
	for _, fields := range []map[string]value.Value{r.parsed, r.meta, r.fields} {
		for name, v := range fields {
			out[strings.ToLower(name)] = v
		}
	}
	return out
}
