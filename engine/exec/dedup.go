package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

func (c *compiler) dedup(op *plan.Dedup) rowsOperator {
	by := c.exprs(op.By)
	return func(rows [][]value.Value) [][]value.Value {
		seen := map[string]int{}
		var key []byte
		kept := rows[:0]
		for _, row := range rows {
			key = appendKeys(key[:0], by, row)
			if op.Consecutive && seen[string(key)] == 0 {
				clear(seen)
			}
			if seen[string(key)]++; seen[string(key)] <= op.N {
				kept = append(kept, row)
			}
		}
		return kept
	}
}
