package exec

import (
	"slices"

	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

func (c *compiler) sort(op *plan.Sort) rowsOperator {
	keys := make([]evaluator, len(op.Keys))
	for i, k := range op.Keys {
		keys[i] = c.value(k.X)
	}
	return func(rows [][]value.Value) [][]value.Value {
		slices.SortStableFunc(rows, func(a, b []value.Value) int {
			for i, key := range keys {
				if order := compareKeys(key(&frame{slots: a}), key(&frame{slots: b}), op.Keys[i].Asc); order != 0 {
					return order
				}
			}
			return 0
		})
		return rows
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
