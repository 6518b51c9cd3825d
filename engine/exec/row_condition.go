package exec

import (
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// RowCondition is a condition over the rows of a table. It belongs to one goroutine.
type RowCondition struct {
	holds   condition
	context *function.Context
	drops   *function.Drops
}

// NewRowCondition makes a condition of an expression over rows.
func NewRowCondition(e plan.Expr, clock function.Clock) *RowCondition {
	c := &compiler{context: &function.Context{Clock: clock}, drops: &function.Drops{}}
	return &RowCondition{c.condition(e), c.context, c.drops}
}

// Holds reports whether the condition holds for a row: not where a function in it cannot be computed. It borrows the row.
func (r *RowCondition) Holds(row []value.Value) bool {
	r.context.Reset()
	f := frame{slots: row}
	return r.holds(&f) && !f.dropped
}

// Warnings returns which functions could not be computed, and for how many rows.
func (r *RowCondition) Warnings() []function.Warning { return r.drops.Warnings() }
