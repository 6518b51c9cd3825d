package exec

import (
	"slices"

	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// rowsOperator is an operator that looks at all rows at once.
type rowsOperator func([][]value.Value) [][]value.Value

// section runs a section behind an aggregate on the rows of the section before.
func (c *compiler) section(s *plan.Section, rows [][]value.Value) [][]value.Value {
	for i, row := range rows {
		rows[i] = append(row, make([]value.Value, len(s.Slots)-len(row))...)
	}
	for _, op := range s.Ops {
		rows = c.rowsOperator(op)(rows)
	}
	if s.Group == nil {
		return rows
	}
	g := c.grouping(s.Group)
	for _, row := range rows {
		g.last = g.last[:0]
		g.add(&frame{slots: row})
	}
	return g.rows()
}

func (c *compiler) rowsOperator(op plan.Op) rowsOperator {
	switch op := op.(type) {
	case *plan.Sort:
		return c.sort(op)
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
func project(columns []plan.Column, rows [][]value.Value) [][]value.Value {
	c := &compiler{}
	cells := make([]evaluator, len(columns))
	for i, column := range columns {
		cells[i] = c.value(column.X)
	}
	out := make([][]value.Value, len(rows))
	for i, row := range rows {
		f := &frame{slots: row}
		out[i] = make([]value.Value, len(cells))
		for j, cell := range cells {
			out[i][j] = cell(f)
		}
	}
	return out
}
