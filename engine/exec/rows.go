package exec

import (
	"iter"
	"slices"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
)

// rowsOperator is an operator on rows. It takes each row over; what it yields belongs to the next. Where it must see all rows
// before the first comes out, it keeps them in package rows.
type rowsOperator func(iter.Seq[rows.Row]) iter.Seq[rows.Row]

// table is what stands between two sections.
type table struct {
	rows iter.Seq[rows.Row]
	// rest are the names of the columns that a transpose has made and the query does not name. Their cells stand behind
	// all others in each row.
	rest []string
}

// section runs a section behind an aggregate on what the section before leaves.
func (c *compiler) section(s *plan.Section, t table) table {
	c.slots, c.rest = len(s.Slots), len(t.rest)
	return c.operators(s, s.Ops, table{c.widened(t), t.rest})
}

// widened yields rows with room for the section's slots.
func (c *compiler) widened(t table) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for row := range t.rows {
			named := len(row) - len(t.rest)
			if !yield(slices.Insert(row, named, make(rows.Row, c.slots-named)...)) {
				return
			}
		}
	}
}

// operators runs operators, and then the end of the section.
func (c *compiler) operators(s *plan.Section, ops []plan.Op, t table) table {
	t.rows = c.renewing(t.rows)
	for i, op := range ops {
		t.rows = c.rowsOperator(op, ops[i+1:])(t.rows)
	}
	switch {
	case s.Transpose != nil:
		return c.transpose(s.Transpose, t.rows)
	case s.Join != nil:
		return table{rows: c.join(s.Join, t.rows)}
	case s.Narrow != nil:
		return c.narrow(s.Narrow, t.rows)
	case s.Compare != nil:
		return c.beforeCompare(s.Compare, t)
	case s.Group == nil:
		return t
	}
	g := c.grouping(s.Group, c.memory)
	return table{rows: func(yield func(rows.Row) bool) {
		for row := range t.rows {
			g.last = g.last[:0]
			g.add(&frame{slots: row})
		}
		g.rows(c.fail)(yield)
	}}
}

// renewing lets what functions make of a row live as long as the row.
func (c *compiler) renewing(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for row := range in {
			c.context.Renew()
			if !yield(row) {
				return
			}
		}
	}
}

// rowsOperator compiles an operator; next are those behind it.
func (c *compiler) rowsOperator(op plan.Op, next []plan.Op) rowsOperator {
	switch op := op.(type) {
	case *plan.Sort:
		most := 0
		if len(next) > 0 {
			if limit, ok := next[0].(*plan.Limit); ok {
				most = limit.N
			}
		}
		return c.sort(op, most)
	case *plan.FillMissing:
		return collected(c.fillMissing(op))
	case *plan.TopK:
		return c.topK(op)
	case *plan.Window:
		return c.window(op)
	case *plan.Buckets:
		return c.buckets(op)
	case *plan.Dedup:
		return c.dedup(op)
	case *plan.Outlier:
		return c.outlier(op)
	case *plan.Transactionize:
		return c.transactionize(op)
	case *plan.Flow:
		return c.flow(op)
	case *plan.Sessionize:
		return c.sessionize(op)
	case *plan.Fringe:
		return c.fringe(op)
	case *plan.Filter:
		return c.filter(op)
	case *plan.Trace:
		return c.trace(op)
	case *plan.Limit:
		return limit(op)
	case *plan.Multi, *plan.ThreatRows:
		return c.eachMatch(op)
	}
	return eachRow(c.step(op))
}

// collected lifts an operator that needs all rows in memory: those behind an aggregate whose combinations it fills up.
func collected(do func([]rows.Row) []rows.Row) rowsOperator {
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) { slices.Values(do(slices.Collect(in)))(yield) }
	}
}

// eachRow lifts a step to all rows.
func eachRow(s step) rowsOperator {
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			for row := range in {
				if s(&frame{slots: row}) && !yield(row) {
					return
				}
			}
		}
	}
}

// eachMatch lifts the operator that makes several rows of one.
func (c *compiler) eachMatch(op plan.Op) rowsOperator {
	var out []rows.Row
	split := c.split(op, func(f *frame) bool { out = append(out, slices.Clone(f.slots)); return true })
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			for row := range in {
				out = out[:0]
				split(&frame{slots: row})
				for _, one := range out {
					if !yield(one) {
						return
					}
				}
			}
		}
	}
}

// sorted yields rows in an order, through a sorter that may go to files.
func (c *compiler) sorted(in iter.Seq[rows.Row], compare rows.Compare, most int) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) { c.gathered(in, compare, most).Drain()(yield) }
}

// gathered reads all rows.
func (c *compiler) gathered(in iter.Seq[rows.Row], compare rows.Compare, most int) *rows.Sorter {
	s := rows.NewSorter(compare, c.memory)
	s.Keep(most)
	c.watch(s)
	for row := range in {
		s.Add(row)
	}
	return s
}

// project evaluates the table's columns for each row.
func (c *compiler) project(t table, columns []plan.Column) (names []string, out iter.Seq[rows.Row]) {
	var cells []evaluator // nil for the rest
	for _, column := range columns {
		if column.X == nil {
			names, cells = append(names, t.rest...), append(cells, nil)
			continue
		}
		names, cells = append(names, column.Name), append(cells, c.value(column.X))
	}
	return names, func(yield func(rows.Row) bool) {
		for row := range t.rows {
			f := &frame{slots: row}
			done := make(rows.Row, 0, len(names))
			for _, cell := range cells {
				if cell == nil {
					done = append(done, row[len(row)-len(t.rest):]...)
					continue
				}
				done = append(done, cell(f))
			}
			if !yield(done) {
				return
			}
		}
	}
}
