package naive

import (
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// fillMissing adds a row for each combination of the keys' values that no row has, then sorts by the keys.
func (p *pipeline) fillMissing(s *syntax.FillMissing) {
	combinations := [][]value.Value{nil}
	for _, k := range s.Keys {
		var longer [][]value.Value
		for _, c := range combinations {
			for _, v := range p.fillValues(k) {
				longer = append(longer, append(slices.Clone(c), v))
			}
		}
		combinations = longer
	}
	blank, added := p.blankRow(s), map[*row]bool{}
	for _, c := range combinations {
		if slices.ContainsFunc(p.rows, func(r *row) bool { return hasKeys(s, r, c) }) {
			continue
		}
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}, rest: slices.Clone(blank.rest)}
		for _, name := range p.columns {
			r.set(name, blank.get(name))
		}
		for i, k := range s.Keys {
			r.set(check.FillField(k).Name, c[i])
		}
		p.rows = append(p.rows, r)
		added[r] = true
	}
	if s.TakeLast {
		p.takeLast(s, added)
	}
	var keys []syntax.SortKey
	for _, k := range s.Keys {
		keys = append(keys, syntax.SortKey{Field: check.FillField(k), Asc: true})
	}
	p.sort(&syntax.Sort{Keys: keys})
}

// takeLast gives the rows that were added what the row of the slice before has in all columns but the keys, if there is one with the
// same values in the other keys.
func (p *pipeline) takeLast(s *syntax.FillMissing, added map[*row]bool) {
	var slice string
	var others []string
	for _, k := range s.Keys {
		if name := check.FillField(k).Name; k.Timeslice && slice == "" {
			slice = name
		} else {
			others = append(others, name)
		}
	}
	p.sort(&syntax.Sort{Keys: []syntax.SortKey{{Field: &syntax.Field{Name: slice}, Asc: true}}})
	for i, r := range p.rows {
		for j := i - 1; j >= 0 && added[r]; j-- {
			before := p.rows[j]
			if !sameIn(r, before, others) {
				continue
			}
			for _, name := range p.columns {
				if !strings.EqualFold(name, slice) && !slices.ContainsFunc(others, func(o string) bool { return strings.EqualFold(o, name) }) {
					r.set(name, before.get(name))
				}
			}
			copy(r.rest, before.rest)
			break
		}
	}
}

// sameIn compares the values that two rows have in some fields by text; null is no text.
func sameIn(a, b *row, names []string) bool {
	for _, name := range names {
		x, y := a.get(name), b.get(name)
		if x.IsNull() != y.IsNull() || x.Text() != y.Text() {
			return false
		}
	}
	return true
}

// hasKeys compares by text; null is no text.
func hasKeys(s *syntax.FillMissing, r *row, want []value.Value) bool {
	for i, k := range s.Keys {
		v := r.get(check.FillField(k).Name)
		if v.IsNull() != want[i].IsNull() || v.Text() != want[i].Text() {
			return false
		}
	}
	return true
}

// fillValues returns the values that a key should have.
func (p *pipeline) fillValues(k *syntax.FillKey) []value.Value {
	var out []value.Value
	switch {
	case k.Timeslice:
		width := p.sliceWidth
		if k.Width != nil {
			width = k.Width.Int
		}
		from, to := value.OfLong(p.clock.From.UnixMilli()), p.clock.To.UnixMilli()
		for at := sliceStart(from, width).Long(); at < to; at += width {
			out = append(out, value.OfLong(at))
		}
	case k.Values != nil:
		for _, v := range k.Values {
			out = append(out, eval(v, nil))
		}
	default:
		for _, r := range p.rows {
			out = append(out, r.get(k.Field.Name))
		}
		slices.SortStableFunc(out, value.Compare)
		out = slices.CompactFunc(out, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
	}
	return out
}

// blankRow has in each column what with says, or a zero of the kind of the first value that is not null.
func (p *pipeline) blankRow(s *syntax.FillMissing) *row {
	blank := &row{fields: map[string]value.Value{}, rest: make([]value.Value, len(p.rest))}
	for _, r := range slices.Backward(p.rows) {
		for _, name := range p.columns {
			if v := r.get(name); !v.IsNull() {
				blank.set(name, zeroLike(v))
			}
		}
		for i, v := range r.rest {
			if !v.IsNull() {
				blank.rest[i] = zeroLike(v)
			}
		}
	}
	for _, w := range s.With {
		blank.set(w.Field.Name, eval(w.Value, nil))
	}
	return blank
}

func zeroLike(v value.Value) value.Value {
	switch v.Kind() {
	case value.Long:
		return value.OfLong(0)
	case value.Double:
		return value.OfDouble(0)
	case value.Bool:
		return value.OfBool(false)
	}
	return value.Value{}
}
