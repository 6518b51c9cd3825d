package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// outlier sorts by the slices of time, then judges each row by the numbers before it in its group.
func (p *pipeline) outlier(s *syntax.Outlier) {
	p.sort(&syntax.Sort{Keys: []syntax.SortKey{{Field: &syntax.Field{Name: check.SliceStart}, Asc: true}}})
	var newest value.Value // nulls stand last
	for _, r := range p.rows {
		if at := r.get(check.SliceStart); !at.IsNull() {
			newest = at
		}
	}
	names := check.OutlierColumns(s)
	judged := make([][]value.Value, len(p.rows))
	for i, r := range p.rows {
		var numbers []value.Value // of the group, the row's own last
		for _, other := range p.rows[:i+1] {
			if at := other.get(check.SliceStart); sameKeys(s.By, r, other) && !at.IsNull() && value.Compare(at, newest) != 0 {
				numbers = append(numbers, numbersOf([]value.Value{other.get(s.Field.Name)})...)
			}
		}
		at := r.get(check.SliceStart)
		if _, ok := value.ToNumber(r.get(s.Field.Name)); !ok || at.IsNull() || value.Compare(at, newest) == 0 {
			numbers = nil
		}
		judged[i] = outlying(numbers, check.OutlyingOf(s))
	}
	for i, r := range p.rows {
		for j, name := range names {
			r.set(name, judged[i][j])
		}
	}
	for _, name := range names {
		p.define(name)
	}
}

// outlying is what is said of the last of some numbers.
func outlying(numbers []value.Value, o check.Outlying) []value.Value {
	out := make([]value.Value, 6)
	out[3], out[4] = value.OfLong(0), value.OfLong(0)
	if len(numbers) <= o.Window {
		return out
	}
	n := numbers[len(numbers)-1]
	lower, upper, middle, deviation := boundaries(numbers, o)
	out[0], out[1], out[2], out[5] = value.Arith(value.Sub, n, middle), lower, upper, deviation
	if value.Holds(value.Lt, n, lower) || value.Holds(value.Gt, n, upper) {
		out[3] = value.OfLong(1)
	}
	for back := range o.Consecutive {
		if len(numbers)-back <= o.Window || !violates(numbers[:len(numbers)-back], o) {
			return out
		}
	}
	out[4] = value.OfLong(1)
	return out
}

func violates(numbers []value.Value, o check.Outlying) bool {
	n := numbers[len(numbers)-1]
	lower, upper, _, _ := boundaries(numbers, o)
	return o.Above && value.Holds(value.Gt, n, upper) || o.Below && value.Holds(value.Lt, n, lower)
}

// boundaries are those for the last of some numbers, made of the window before it.
func boundaries(numbers []value.Value, o check.Outlying) (lower, upper, middle, spread value.Value) {
	window := numbers[len(numbers)-1-o.Window : len(numbers)-1]
	middle, spread = mean(window, o.Window), deviation(window)
	far := value.Arith(value.Mul, value.OfDouble(o.Threshold), spread)
	return value.Arith(value.Sub, middle, far), value.Arith(value.Add, middle, far), middle, spread
}
