package exec

import (
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
)

// narrow yields of each row the columns alone.
func (c *compiler) narrow(n *plan.Narrow, in iter.Seq[rows.Row]) table {
	cells := c.values(n.Columns)
	return table{rows: func(yield func(rows.Row) bool) {
		for row := range in {
			out := make(rows.Row, len(cells))
			for i, cell := range cells {
				out[i] = cell(&frame{slots: row})
			}
			if !yield(out) {
				return
			}
		}
	}}
}
