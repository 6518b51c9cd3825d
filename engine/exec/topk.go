package exec

import (
	"cmp"
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

func (c *compiler) topK(op *plan.TopK) rowsOperator {
	keys, by := c.exprs(op.Keys), c.exprs(op.By)
	compare := func(a, b rows.Row) int {
		return cmp.Or(compareRows(by, a, b, true), compareRows(keys, a, b, false))
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			rank := 0
			var before rows.Row
			for row := range c.sorted(in, compare, 0) {
				if rank++; before != nil && compareRows(by, before, row, true) != 0 {
					rank = 1
				}
				before = row
				if rank > op.N {
					continue
				}
				row[op.Slot] = value.OfLong(int64(rank))
				if !yield(row) {
					return
				}
			}
		}
	}
}

func compareRows(keys []evaluator, a, b rows.Row, asc bool) int {
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
