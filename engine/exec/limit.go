package exec

import (
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
)

func limit(op *plan.Limit) rowsOperator {
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			n := 0
			for row := range in {
				if n++; !yield(row) || n == op.N {
					return
				}
			}
		}
	}
}
