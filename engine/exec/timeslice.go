package exec

import (
	"iter"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

func (c *compiler) slice(e *plan.Slice) evaluator {
	x := c.value(e.X)
	return func(f *frame) value.Value {
		at, ok := moment(x(f))
		if !ok {
			return value.Value{}
		}
		return value.OfLong(function.SliceStart(at, e.Width, c.context.Zone))
	}
}

// moment is a time in milliseconds.
func moment(v value.Value) (ms int64, ok bool) {
	n, ok := value.ToNumber(v)
	return n.Long(), ok && n.Kind() == value.Long
}

// buckets reads all rows to know their span where the searched range does not say it.
func (c *compiler) buckets(op *plan.Buckets) rowsOperator {
	x := c.value(op.X)
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			if c.context.From.IsZero() || c.context.To.IsZero() {
				all := c.gathered(in, nil, 0)
				first, last := c.span(x, all.All())
				c.cut(op, x, function.BucketWidth(last+1-first, op.N), all.Drain())(yield)
				return
			}
			span := c.context.To.Sub(c.context.From).Milliseconds()
			c.cut(op, x, function.BucketWidth(span, op.N), in)(yield)
		}
	}
}

// span returns the times of the first and the last row, or whichever the searched range bounds.
func (c *compiler) span(x evaluator, all iter.Seq[rows.Row]) (first, last int64) {
	any := false
	for row := range all {
		at, ok := moment(x(&frame{slots: row}))
		switch {
		case !ok:
			continue
		case !any:
			first, last, any = at, at, true
		}
		first, last = min(first, at), max(last, at)
	}
	if from := c.context.From; !from.IsZero() {
		first = from.UnixMilli()
	}
	if to := c.context.To; !to.IsZero() {
		last = to.UnixMilli() - 1
	}
	return first, max(first, last)
}

// cut gives rows their slices.
func (c *compiler) cut(op *plan.Buckets, x evaluator, width int64, in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for row := range in {
			row[op.Slot], row[op.End] = value.Value{}, value.Value{}
			if at, ok := moment(x(&frame{slots: row})); ok {
				start := function.SliceStart(at, width, c.context.Zone)
				row[op.Slot], row[op.End] = value.OfLong(start), value.OfLong(start+width)
			}
			if !yield(row) {
				return
			}
		}
	}
}
