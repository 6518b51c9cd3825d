package naive

import (
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// transpose makes a row of all rows with the same row fields: the cell under a name is the value of the first of them whose
// column fields have that name.
func (p *pipeline) transpose(s *syntax.Transpose) {
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth, keys: s.Rows}
	for _, f := range s.Rows {
		after.define(p.spelling(f.Name))
	}
	for _, f := range s.As {
		after.define(f.Name)
	}
	if !check.HasNames(s) {
		after.columns = append(after.columns, check.Rest)
		after.rest = restNames(s, p.rows)
	}
	cell := p.cellField(s)
	for _, g := range groups(s.Rows, p.rows) {
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for i, f := range s.Rows {
			r.set(f.Name, value.Canonical(g.keys[i]))
		}
		for _, f := range s.As {
			r.set(f.Name, cellOf(g, s, f.Name, cell))
		}
		for _, name := range after.rest {
			r.rest = append(r.rest, cellOf(g, s, name, cell))
		}
		after.rows = append(after.rows, r)
	}
	*p = after
}

// cellField returns the one column that is neither a row field nor a column field.
func (p *pipeline) cellField(s *syntax.Transpose) string {
	for _, name := range p.columns {
		same := func(f *syntax.Field) bool { return strings.EqualFold(f.Name, name) }
		if !slices.ContainsFunc(s.Rows, same) && !slices.ContainsFunc(s.Columns, same) {
			return name
		}
	}
	panic("naive: check let a transpose through that has no cells")
}

func cellOf(g *group, s *syntax.Transpose, name, cell string) value.Value {
	for _, r := range g.rows {
		if transposedName(s, r) == name {
			return r.get(cell)
		}
	}
	return value.Value{}
}

// restNames returns the names that the query does not list, in order.
func restNames(s *syntax.Transpose, rows []*row) []string {
	var out []string
	for _, r := range rows {
		name := transposedName(s, r)
		if !slices.ContainsFunc(s.As, func(f *syntax.Field) bool { return f.Name == name }) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func transposedName(s *syntax.Transpose, r *row) string {
	var texts []string
	for _, f := range s.Columns {
		if v := r.get(f.Name); v.IsNull() {
			texts = append(texts, "null")
		} else {
			texts = append(texts, v.Text())
		}
	}
	return strings.Join(texts, ",")
}
