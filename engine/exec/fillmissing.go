package exec

import (
	"errors"
	"slices"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// mostFilled bounds the rows that are added: a single time far off would make billions of slices.
const mostFilled = 1_000_000

var errFilled = errors.New("no more than 1,000,000 are added")

// filler adds rows for the combinations that lack.
type filler struct {
	*compiler
	op      *plan.FillMissing
	there   map[string]bool // combinations, by key
	blank   []value.Value   // what a row has that is added
	domains [][]value.Value
	key     []byte // scratch
}

func (c *compiler) fillMissing(op *plan.FillMissing) func([][]value.Value) [][]value.Value {
	return func(rows [][]value.Value) [][]value.Value {
		f := &filler{compiler: c, op: op, there: map[string]bool{}, blank: c.blank(op, rows)}
		for _, k := range op.Keys {
			f.domains = append(f.domains, c.domain(k, rows))
		}
		for _, row := range rows {
			f.there[string(f.combination(row))] = true
		}
		there := len(rows)
		rows = f.add(rows)
		if op.Last != nil {
			f.takeLast(rows, there)
		}
		slices.SortStableFunc(rows, func(a, b []value.Value) int {
			for _, k := range op.Keys {
				if order := value.Compare(a[k.X.Slot], b[k.X.Slot]); order != 0 {
					return order
				}
			}
			return 0
		})
		return rows
	}
}

// combination returns what the keys of a row are told apart by: their texts.
func (f *filler) combination(row []value.Value) []byte {
	f.key = f.key[:0]
	for _, k := range f.op.Keys {
		v := row[k.X.Slot]
		if !v.IsNull() {
			v = value.OfString(v.Text())
		}
		f.key = value.AppendKey(f.key, v)
	}
	return f.key
}

// add counts through all combinations, the last key fastest.
func (f *filler) add(rows [][]value.Value) [][]value.Value {
	at := make([]int, len(f.domains))
	for _, d := range f.domains {
		if len(d) == 0 {
			return rows
		}
	}
	for added := 0; ; {
		row := slices.Clone(f.blank)
		for i, k := range f.op.Keys {
			row[k.X.Slot] = f.domains[i][at[i]]
		}
		if !f.there[string(f.combination(row))] {
			if added == mostFilled {
				f.drops.Add("fillmissing", errFilled)
				return rows
			}
			f.there[string(f.key)] = true
			rows = append(rows, row)
			added++
		}
		if !f.next(at) {
			return rows
		}
	}
}

// takeLast gives each row from added on what the row has that its slice of time follows, of those with the same values in the other
// keys. The first of these keeps what it has.
func (f *filler) takeLast(rows [][]value.Value, added int) {
	slice := f.op.Last.X.Slot
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return value.Compare(rows[i][slice], rows[j][slice]) })
	last := map[string][]value.Value{}
	for _, i := range order {
		others := string(f.others(rows[i]))
		if before, ok := last[others]; ok && i >= added {
			f.copyOthers(rows[i], before)
		}
		last[others] = rows[i]
	}
}

// others returns what all keys of a row but the slices of time are told apart by.
func (f *filler) others(row []value.Value) []byte {
	row = slices.Clone(row)
	row[f.op.Last.X.Slot] = value.Value{}
	return f.combination(row)
}

// copyOthers copies the columns that are no keys.
func (f *filler) copyOthers(to, from []value.Value) {
	for _, x := range f.op.Columns {
		slot := x.(*plan.Local).Slot
		if !slices.ContainsFunc(f.op.Keys, func(k plan.FillKey) bool { return k.X.Slot == slot }) {
			to[slot] = from[slot]
		}
	}
	copy(to[f.slots:], from[f.slots:])
}

// next moves to the next combination, and reports false behind the last.
func (f *filler) next(at []int) bool {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i]++; at[i] < len(f.domains[i]) {
			return true
		}
		at[i] = 0
	}
	return false
}

// domain returns the values that a key should have.
func (c *compiler) domain(k plan.FillKey, rows [][]value.Value) []value.Value {
	switch {
	case k.Width > 0:
		return c.slicesOf(k, rows)
	case k.Values != nil:
		return k.Values
	}
	var all []value.Value
	for _, row := range rows {
		all = append(all, row[k.X.Slot])
	}
	slices.SortStableFunc(all, value.Compare)
	return slices.CompactFunc(all, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
}

// slicesOf returns the slices of the searched range; where it has no bound, those from the first or to the last row.
func (c *compiler) slicesOf(k plan.FillKey, rows [][]value.Value) []value.Value {
	first, last, any := extent(k.X.Slot, rows)
	if !c.context.From.IsZero() {
		first = c.context.From.UnixMilli()
	}
	if !c.context.To.IsZero() {
		last = c.context.To.UnixMilli() - 1
	}
	if !any && (c.context.From.IsZero() || c.context.To.IsZero()) {
		return nil
	}
	var out []value.Value
	zone := c.context.Zone
	for at := function.SliceStart(first, k.Width, zone); at <= last && len(out) <= mostFilled+len(rows); at = function.NextSlice(at, k.Width, zone) {
		out = append(out, value.OfLong(at))
	}
	return out
}

// extent returns the least and the greatest time in a slot.
func extent(slot int, rows [][]value.Value) (first, last int64, any bool) {
	for _, row := range rows {
		v := row[slot]
		if v.Kind() != value.Long {
			continue
		}
		if !any || v.Long() < first {
			first = v.Long()
		}
		if !any || v.Long() > last {
			last = v.Long()
		}
		any = true
	}
	return first, last, any
}

// blank is a row that has in each column what is given, or what is zero for the kind of its first value. What is no column
// of the query, such as the times of a row's events, is null.
func (c *compiler) blank(op *plan.FillMissing, rows [][]value.Value) []value.Value {
	out := make([]value.Value, c.slots+c.rest)
	for i, x := range op.Columns {
		slot := x.(*plan.Local).Slot
		out[slot] = zeroOf(slot, rows)
		if v, ok := op.Given[i]; ok {
			out[slot] = v
		}
	}
	for i := c.slots; i < len(out); i++ {
		out[i] = zeroOf(i, rows)
	}
	return out
}

// zeroOf is the zero of the first value in a column, null if it has none.
func zeroOf(i int, rows [][]value.Value) value.Value {
	for _, row := range rows {
		if v := row[i]; !v.IsNull() {
			return zero(v.Kind())
		}
	}
	return value.Value{}
}

// zero is what a column of a kind has in rows that are added (S/fillmissing).
func zero(k value.Kind) value.Value {
	switch k {
	case value.Long:
		return value.OfLong(0)
	case value.Double:
		return value.OfDouble(0)
	case value.Bool:
		return value.OfBool(false)
	}
	return value.Value{}
}
