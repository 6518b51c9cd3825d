package exec

import (
	"slices"

	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

func (c *compiler) topK(op *plan.TopK) rowsOperator {
	keys, by := c.exprs(op.Keys), c.exprs(op.By)
	return func(rows [][]value.Value) [][]value.Value {
		slices.SortStableFunc(rows, func(a, b []value.Value) int {
			if order := compareRows(by, a, b, true); order != 0 {
				return order
			}
			return compareRows(keys, a, b, false)
		})
		var kept [][]value.Value
		rank := 0
		for i, row := range rows {
			if rank++; i > 0 && compareRows(by, rows[i-1], row, true) != 0 {
				rank = 1
			}
			if rank > op.N {
				continue
			}
			row[op.Slot] = value.OfLong(int64(rank))
			kept = append(kept, row)
		}
		return kept
	}
}

func compareRows(keys []evaluator, a, b []value.Value, asc bool) int {
	for _, key := range keys {
		if order := compareKeys(key(&frame{slots: a}), key(&frame{slots: b}), asc); order != 0 {
			return order
		}
	}
	return 0
}

func (c *compiler) exprs(list []plan.Expr) []evaluator {
	out := make([]evaluator, len(list))
	for i, x := range list {
		out[i] = c.value(x)
	}
	return out
}
