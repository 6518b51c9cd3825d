package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

func limit(op *plan.Limit) rowsOperator {
	return func(rows [][]value.Value) [][]value.Value { return rows[:min(op.N, len(rows))] }
}
