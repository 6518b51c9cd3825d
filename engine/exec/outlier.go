package exec

import (
	"iter"

	"retrohunt/engine/agg"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// outlier needs all rows to know the newest slice; of a series it keeps what its window looks back to.
func (c *compiler) outlier(op *plan.Outlier) rowsOperator {
	x, slice, by := c.value(op.X), c.value(op.Slice), c.exprs(op.By)
	older := func(a, b rows.Row) int { return value.Compare(slice(&frame{slots: a}), slice(&frame{slots: b})) }
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			all := c.gathered(in, older, 0)
			newest := newestOf(all, slice)
			groups := map[string]*series{}
			var key []byte
			for row := range all.Drain() {
				key = appendKeys(key[:0], by, row)
				g := groups[string(key)]
				if g == nil {
					g = &series{Outlying: op.Outlying}
					groups[string(key)] = g
				}
				f := &frame{slots: row}
				cells := unjudged
				if at := slice(f); !at.IsNull() && value.Compare(at, newest) != 0 {
					cells = g.judge(x(f))
				}
				for i, slot := range op.Slots {
					row[slot] = cells[i]
				}
				if !yield(row) {
					return
				}
			}
		}
	}
}

// newestOf returns the greatest slice of rows; null if there is none.
func newestOf(all *rows.Sorter, slice evaluator) value.Value {
	var newest value.Value
	for row := range all.All() {
		if at := slice(&frame{slots: row}); newest.IsNull() || !at.IsNull() && value.Compare(at, newest) > 0 {
			newest = at.Clone()
		}
	}
	return newest
}

// series are the numbers of one group.
type series struct {
	plan.Outlying
	last []value.Value // as many as the window takes
	run  int           // how many in a row, up to here, are beyond a boundary that counts
}

// judgement holds a value for each of check.OutlierColumns.
type judgement [6]value.Value

var unjudged = judgement{3: value.OfLong(0), 4: value.OfLong(0)}

// judge compares a value with the window before it, once that is full, and takes it into the window. What is no number is
// skipped.
func (s *series) judge(v value.Value) judgement {
	n, ok := value.ToNumber(v)
	if !ok {
		return unjudged
	}
	out := unjudged
	if len(s.last) == s.Window {
		out = s.compare(n)
		s.last = s.last[1:]
	}
	s.last = append(s.last, n)
	return out
}

func (s *series) compare(n value.Value) judgement {
	mean, deviation := s.over("avg"), s.over("stddev")
	far := value.Arith(value.Mul, deviation, value.OfDouble(s.Threshold))
	lower, upper := value.Arith(value.Sub, mean, far), value.Arith(value.Add, mean, far)
	above, below := value.Holds(value.Gt, n, upper), value.Holds(value.Lt, n, lower)
	if s.run++; !(above && s.Above || below && s.Below) {
		s.run = 0
	}
	return judgement{
		value.Arith(value.Sub, n, mean), lower, upper, flag(above || below), flag(s.run >= s.Consecutive), deviation,
	}
}

// over is an aggregate over the window.
func (s *series) over(name string) value.Value {
	state := agg.Func{Name: name}.New()
	for _, v := range s.last {
		state.Add(v)
	}
	return state.Result()
}

func flag(on bool) value.Value {
	if on {
		return value.OfLong(1)
	}
	return value.OfLong(0)
}
