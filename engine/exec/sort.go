package exec

import (
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// sort orders rows; of the first ones only, if most is not 0.
func (c *compiler) sort(op *plan.Sort, most int) rowsOperator {
	keys := make([]evaluator, len(op.Keys))
	for i, k := range op.Keys {
		keys[i] = c.value(k.X)
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return c.sorted(in, func(a, b rows.Row) int {
			for i, key := range keys {
				if order := compareKeys(key(&frame{slots: a}), key(&frame{slots: b}), op.Keys[i].Asc); order != 0 {
					return order
				}
			}
			return 0
		}, most)
	}
}

// compareKeys is value.Compare, turned round for a descending key, but null stays last.
func compareKeys(a, b value.Value, asc bool) int {
	order := value.Compare(a, b)
	if asc || a.IsNull() || b.IsNull() {
		return order
	}
	return -order
}
