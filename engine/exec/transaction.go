package exec

import (
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// state is what a transaction is in, and since when at least.
type state struct{ name, at value.Value }

// flow keeps in memory of each transaction the message before; with a fringe also its first and last time.
func (c *compiler) flow(op *plan.Flow) rowsOperator {
	ids, name, at := c.exprs(op.IDs), c.value(op.State), c.value(op.Time)
	byTime := func(a, b rows.Row) int { return compareKeys(at(&frame{slots: a}), at(&frame{slots: b}), true) }
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			all := c.gathered(in, byTime, 0)
			inside := func(string) bool { return true }
			if op.Fringe > 0 {
				inside = c.inside(op, ids, at, all.All())
			}
			states := map[string]state{}
			var key []byte
			for row := range all.Drain() {
				f := &frame{slots: row}
				key = appendKeys(key[:0], ids, row)
				now := state{name(f), at(f)}
				before, known := states[string(key)]
				states[string(key)] = state{now.name.Clone(), now.at.Clone()}
				if !known || before.name == now.name || !inside(string(key)) {
					continue
				}
				row[op.From], row[op.To], row[op.Start], row[op.End] = before.name, now.name, before.at, now.at
				row[op.Latency] = value.Arith(value.Sub, now.at, before.at)
				if !yield(row) {
					return
				}
			}
		}
	}
}

// inside tells which transactions are not cut off, by the key of their IDs.
func (c *compiler) inside(op *plan.Flow, ids []evaluator, at evaluator, all iter.Seq[rows.Row]) func(key string) bool {
	spans, whole := map[string]span{}, span{}
	var key []byte
	for row := range all {
		ms, ok := moment(at(&frame{slots: row}))
		if !ok {
			continue
		}
		key = appendKeys(key[:0], ids, row)
		spans[string(key)] = spans[string(key)].with(ms)
		whole = whole.with(ms)
	}
	whole = c.searched(whole)
	return func(key string) bool { return !spans[key].near(whole, op.Fringe) }
}

// fringe reads all rows first where the searched range has no bound.
func (c *compiler) fringe(op *plan.Fringe) rowsOperator {
	start, end := c.value(op.Start), c.value(op.End)
	spanOf := func(row rows.Row) (s span) {
		for _, x := range []evaluator{start, end} {
			if ms, ok := moment(x(&frame{slots: row})); ok {
				s = s.with(ms)
			}
		}
		return s
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			all, whole := c.gathered(in, nil, 0), span{}
			for row := range all.All() {
				if s := spanOf(row); s.any {
					whole = whole.with(s.first).with(s.last)
				}
			}
			whole = c.searched(whole)
			for row := range all.Drain() {
				if !spanOf(row).near(whole, op.Width) && !yield(row) {
					return
				}
			}
		}
	}
}

// span is from the first to the last of some times; without any, any is false.
type span struct {
	first, last int64
	any         bool
}

func (s span) with(ms int64) span {
	if !s.any {
		return span{ms, ms, true}
	}
	return span{min(s.first, ms), max(s.last, ms), true}
}

// near reports whether it ends less than width behind the start of whole, or starts less than that before its end.
func (s span) near(whole span, width int64) bool {
	return s.any && (s.last < whole.first+width || s.first > whole.last-width)
}

// searched is the searched range; where that has no bound, that of a span.
func (c *compiler) searched(s span) span {
	if from := c.context.From; !from.IsZero() {
		s.first = from.UnixMilli()
	}
	if to := c.context.To; !to.IsZero() {
		s.last = to.UnixMilli()
	}
	return s
}
