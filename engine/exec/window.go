package exec

import (
	"errors"
	"iter"

	"retrohunt/engine/agg"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// window computes the column of one group of rows: from the field's value in a row, and from those that it was given before.
type window func(v value.Value) value.Value

// windows makes the windows of a group, over n rows where they have a length.
var windows = map[string]func(n int) window{
	"accum":      accum,
	"diff":       diff,
	"backshift":  backshift,
	"smooth":     func(n int) window { return rolling("avg", n) },
	"rollingstd": func(n int) window { return rolling("stddev", n) },
}

// errNoNumber is why a row is left out whose field should be a number.
var errNoNumber = errors.New("the field is no number")

// lacksNumber reports whether a row is to be left out: accum, diff and total leave out what is no number (S/diff), and it is counted.
func (c *compiler) lacksNumber(op *plan.Window, v value.Value) bool {
	switch op.Name {
	case "accum", "diff", "total":
		_, ok := value.ToNumber(v)
		if !ok {
			c.drops.Add(op.Name, errNoNumber)
		}
		return !ok
	}
	return false
}

// window keeps of each group what its window looks back to; only total must see all rows first.
func (c *compiler) window(op *plan.Window) rowsOperator {
	x, by := c.value(op.X), c.exprs(op.By)
	if op.Name == "total" {
		return c.total(op, x, by)
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			groups := map[string]window{}
			var key []byte
			for row := range in {
				v := x(&frame{slots: row})
				if c.lacksNumber(op, v) {
					continue
				}
				key = appendKeys(key[:0], by, row)
				g := groups[string(key)]
				if g == nil {
					g = windows[op.Name](op.N)
					groups[string(key)] = g
				}
				row[op.Slot] = g(v)
				if !yield(row) {
					return
				}
			}
		}
	}
}

// total is the sum of all rows, in each of them.
func (c *compiler) total(op *plan.Window, x evaluator, by []evaluator) rowsOperator {
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			sums := map[string]agg.State{}
			var key []byte
			all := c.gathered(in, nil, 0)
			for row := range all.All() {
				key = appendKeys(key[:0], by, row)
				sum := sums[string(key)]
				if sum == nil {
					sum = agg.Func{Name: "sum"}.New()
					sums[string(key)] = sum
				}
				sum.Add(x(&frame{slots: row}))
			}
			for row := range all.Drain() {
				if c.lacksNumber(op, x(&frame{slots: row})) {
					continue
				}
				key = appendKeys(key[:0], by, row)
				row[op.Slot] = sums[string(key)].Result()
				if !yield(row) {
					return
				}
			}
		}
	}
}

// accum is the sum so far.
func accum(int) window {
	sum := agg.Func{Name: "sum"}.New()
	return func(v value.Value) value.Value {
		sum.Add(v)
		return sum.Result()
	}
}

// diff is the number less the one before.
func diff(int) window {
	var before value.Value
	return func(v value.Value) value.Value {
		n, _ := value.ToNumber(v)
		out := value.Arith(value.Sub, n, before)
		before = n
		return out
	}
}

// backshift is the value n rows above, of any kind.
func backshift(n int) window {
	var last []value.Value
	return func(v value.Value) value.Value {
		last = append(last, v.Clone())
		if len(last) <= n {
			return value.Value{}
		}
		out := last[0]
		last = last[1:]
		return out
	}
}

// rolling is an aggregate over the last n numbers. What is no number is skipped.
func rolling(name string, n int) window {
	var last []value.Value
	return func(v value.Value) value.Value {
		number, ok := value.ToNumber(v)
		if !ok {
			return value.Value{}
		}
		if last = append(last, number); len(last) > n {
			last = last[1:]
		}
		state := agg.Func{Name: name}.New()
		for _, v := range last {
			state.Add(v)
		}
		return state.Result()
	}
}
