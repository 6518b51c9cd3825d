package exec

import (
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// dedup keeps in memory what it has seen: the keys, not the rows.
func (c *compiler) dedup(op *plan.Dedup) rowsOperator {
	by := c.exprs(op.By)
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			seen := map[string]int{}
			var key []byte
			for row := range in {
				key = appendKeys(key[:0], by, row)
				n := seen[string(key)] + 1
				if op.Consecutive && n == 1 {
					clear(seen)
				}
				seen[string(key)] = n
				if n <= op.N && !yield(row) {
					return
				}
			}
		}
	}
}

func appendKeys(dst []byte, keys []evaluator, row rows.Row) []byte {
	for _, k := range keys {
		dst = value.AppendKey(dst, k(&frame{slots: row}))
	}
	return dst
}
