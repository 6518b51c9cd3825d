package exec

import (
	"iter"
	"slices"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
)

// filter keeps all rows until the child has seen them, and in memory the keys that the child finds.
func (c *compiler) filter(op *plan.Filter) rowsOperator {
	keys := c.exprs(op.Keys)
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			all := c.gathered(in, nil, 0)
			found := c.found(op, all)
			var key []byte
			for row := range all.Drain() {
				key = appendKeys(key[:0], keys, row)
				if found[string(key)] && !yield(row) {
					return
				}
			}
		}
	}
}

// found runs the child on copies of the rows and returns the keys of what it makes of them.
func (c *compiler) found(op *plan.Filter, all *rows.Sorter) map[string]bool {
	t := table{rows: func(yield func(rows.Row) bool) {
		for row := range all.All() {
			if !yield(slices.Clone(row[:op.Width])) {
				return
			}
		}
	}}
	child := c
	for _, s := range op.Child {
		child = &compiler{
			context: &function.Context{Clock: c.context.Clock}, drops: c.drops, tables: c.tables, rows: true, memory: c.memory,
			fail: c.fail, watch: c.watch,
		}
		t = child.section(s, t)
	}
	keys, out := child.exprs(op.Found), map[string]bool{}
	var key []byte
	for row := range t.rows {
		key = appendKeys(key[:0], keys, row)
		out[string(key)] = true
	}
	return out
}
