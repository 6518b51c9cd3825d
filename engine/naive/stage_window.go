package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// window computes a column from a field of the row and of those above with the same by fields. Rows of which accum, diff or total
// should take a number, and there is none, are left out.
func (p *pipeline) window(s *syntax.Window) {
	results, numeric := make([]value.Value, len(p.rows)), map[*row]bool{}
	for i, r := range p.rows {
		var above, all []value.Value // the row itself among them
		for j, other := range p.rows {
			if !sameKeys(s.By, r, other) {
				continue
			}
			all = append(all, other.get(s.Field.Name))
			if j <= i {
				above = all
			}
		}
		_, numeric[r] = value.ToNumber(r.get(s.Field.Name))
		results[i] = windowed(s.Name, above, all, check.WindowRows(s))
	}
	name := check.WindowName(s)
	for i, r := range p.rows {
		r.set(name, results[i])
	}
	p.define(name)
	if s.Name == "accum" || s.Name == "diff" || s.Name == "total" {
		p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return !numeric[r] })
	}
}

func sameKeys(by []*syntax.Field, a, b *row) bool {
	for _, f := range by {
		if value.Compare(a.get(f.Name), b.get(f.Name)) != 0 {
			return false
		}
	}
	return true
}

func windowed(name string, above, all []value.Value, n int) value.Value {
	switch name {
	case "total":
		return mean(numbersOf(all), 1)
	case "backshift":
		if len(above) > n {
			return above[len(above)-1-n]
		}
		return value.Value{}
	}
	if _, ok := value.ToNumber(above[len(above)-1]); !ok {
		return value.Value{}
	}
	numbers := numbersOf(above)
	last := numbers[max(0, len(numbers)-n):]
	switch name {
	case "accum":
		return mean(numbers, 1)
	case "diff":
		if len(numbers) == 1 {
			return value.Value{}
		}
		return value.Arith(value.Sub, numbers[len(numbers)-1], numbers[len(numbers)-2])
	case "smooth":
		return mean(last, len(last))
	}
	return deviation(last)
}

func numbersOf(values []value.Value) []value.Value {
	var out []value.Value
	for _, v := range values {
		if n, ok := value.ToNumber(v); ok {
			out = append(out, n)
		}
	}
	return out
}
