package exec

import (
	"slices"

	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// rowsOperator is an operator that looks at all rows at once.
type rowsOperator func([][]value.Value) [][]value.Value

// table is what stands between two sections.
type table struct {
	rows [][]value.Value
	// rest are the names of the columns that a transpose has made and the query does not name. Their cells stand behind
	// all others in each row.
	rest []string
}

// section runs a section behind an aggregate on what the section before leaves.
func (c *compiler) section(s *plan.Section, t table) table {
	c.slots, c.rest = len(s.Slots), len(t.rest)
	for i, row := range t.rows {
		named := len(row) - len(t.rest)
		t.rows[i] = slices.Insert(row, named, make([]value.Value, len(s.Slots)-named)...)
	}
	for _, op := range s.Ops {
		t.rows = c.rowsOperator(op)(t.rows)
	}
	switch {
	case s.Transpose != nil:
		return c.transpose(s.Transpose, t.rows)
	case s.Group == nil:
		return t
	}
	g := c.grouping(s.Group)
	for _, row := range t.rows {
		g.last = g.last[:0]
		g.add(&frame{slots: row})
	}
	return table{rows: g.rows()}
}

func (c *compiler) rowsOperator(op plan.Op) rowsOperator {
	switch op := op.(type) {
	case *plan.Sort:
		return c.sort(op)
	case *plan.FillMissing:
		return c.fillMissing(op)
	case *plan.TopK:
		return c.topK(op)
	case *plan.Window:
		return c.window(op)
	case *plan.Dedup:
		return c.dedup(op)
	case *plan.Limit:
		return limit(op)
	case *plan.Multi:
		return c.eachMatch(op)
	}
	return eachRow(c.step(op))
}

// eachRow lifts a step to all rows.
func eachRow(s step) rowsOperator {
	return func(rows [][]value.Value) [][]value.Value {
		kept := rows[:0]
		for _, row := range rows {
			if s(&frame{slots: row}) {
				kept = append(kept, row)
			}
		}
		return kept
	}
}

// eachMatch lifts the operator that makes several rows of one.
func (c *compiler) eachMatch(op *plan.Multi) rowsOperator {
	return func(rows [][]value.Value) [][]value.Value {
		var out [][]value.Value
		split := c.multi(op, func(f *frame) bool { out = append(out, slices.Clone(f.slots)); return true })
		for _, row := range rows {
			split(&frame{slots: row})
		}
		return out
	}
}

// project evaluates the table's columns for each row.
func (t table) project(columns []plan.Column) (names []string, rows [][]value.Value) {
	c := &compiler{}
	var cells []evaluator // nil for the rest
	for _, column := range columns {
		if column.X == nil {
			names, cells = append(names, t.rest...), append(cells, nil)
			continue
		}
		names, cells = append(names, column.Name), append(cells, c.value(column.X))
	}
	rows = make([][]value.Value, len(t.rows))
	for i, row := range t.rows {
		f := &frame{slots: row}
		rows[i] = make([]value.Value, 0, len(names))
		for _, cell := range cells {
			if cell == nil {
				rows[i] = append(rows[i], row[len(row)-len(t.rest):]...)
				continue
			}
			rows[i] = append(rows[i], cell(f))
		}
	}
	return names, rows
}
