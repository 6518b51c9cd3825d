package exec

import (
	"errors"
	"math"
	"slices"
	"time"

	"retrohunt/engine/agg"
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// errNoRange is what is wrong with a run whose query compares ranges of time and that has none.
var errNoRange = errors.New("the query compares ranges of time, and none is given: it takes from and to")

// timeRange is the range of time of which a worker takes records, where the query compares ranges.
type timeRange struct {
	from, to int64 // milliseconds
	shift    int64 // how far it is before the range that is asked for
	slices   []int // keys of the first aggregate that are moved by that
}

// holds reports whether a record is in the range. One without a time is in the range that is asked for.
func (r *timeRange) holds(ms int64, timed bool) bool {
	if !timed {
		return r.shift == 0
	}
	return ms >= r.from && ms < r.to
}

// compare splits a worker into one for each of the ranges that the plan compares: itself, and those before.
func (w *Worker) compare(op *plan.CompareRanges, past func(function.Clock) *Worker) {
	w.only = rangeOf(w.clock, 0)
	if w.only.to == math.MaxInt64 {
		w.fail(errNoRange)
	}
	for _, shift := range op.Shifts {
		clock := w.clock
		clock.From, clock.To = shifted(clock.From, shift), shifted(clock.To, shift)
		earlier := past(clock)
		earlier.only = rangeOf(clock, shift)
		if w.group != nil { // else messages are kept, which have no keys
			for i, k := range w.plan.Sections[0].Group.Keys {
				if plan.IsSlice(k.Name) {
					earlier.only.slices = append(earlier.only.slices, i)
				}
			}
		}
		w.past = append(w.past, earlier)
	}
}

// rangeOf is the range of a clock. Without one, all records are in the range that is asked for.
func rangeOf(clock function.Clock, shift int64) *timeRange {
	switch {
	case !clock.From.IsZero() && !clock.To.IsZero():
		return &timeRange{from: clock.From.UnixMilli(), to: clock.To.UnixMilli(), shift: shift}
	case shift == 0:
		return &timeRange{from: math.MinInt64, to: math.MaxInt64}
	}
	return &timeRange{shift: shift}
}

// shifted is a moment so many milliseconds before; one that is open stays so.
func shifted(t time.Time, ms int64) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(-time.Duration(ms) * time.Millisecond)
}

// addToRanges takes a record through the query for each range that it is in: a row of a table, which has no time, is in all.
func (w *Worker) addToRanges(r *normalize.Record, at Place) Verdict {
	best := OutOfScope
	ms, timed := r.MessageTime()
	w.groups = w.groups[:0]
	for i := -1; i < len(w.past); i++ {
		one := w
		if i >= 0 {
			one = w.past[i]
		}
		if w.plan.Cat == nil && !one.only.holds(ms, timed) {
			continue
		}
		verdict := one.add(r, at)
		if verdict == Hit {
			w.groups = append(w.groups, one.only.moved(one.ownGroups())...)
		}
		best = max(best, verdict)
	}
	return best
}

// moved moves the slices of time in keys, so that they are those of the row that comes of them.
func (r *timeRange) moved(groups [][]value.Value) [][]value.Value {
	for _, keys := range groups {
		for _, i := range r.slices {
			keys[i] = moved(keys[i], r.shift)
		}
	}
	return groups
}

// moved is a slice of time so much later.
func moved(v value.Value, shift int64) value.Value {
	if v.Kind() != value.Long {
		return v
	}
	return value.OfLong(v.Long() + shift)
}

// joined are the rows of all ranges.
type joined struct {
	op   *plan.CompareRanges
	rest []string // the columns that only the rows decide, of all ranges
	rows []*joinedRow
	at   map[string][]*joinedRow // by key; a query may have dropped a column that told rows apart
}

// joinedRow is a row with what its values are in the earlier ranges.
type joinedRow struct {
	rows.Row               // of the range that is asked for, or, if it has none there, of the first that has: the keys alone
	past     []value.Value // of each range all values
	seen     []rows.Row    // the times of its events in each range that has it
	rest     []rows.Row    // by range, that which is asked for first: the cells of joined.rest; nil if it does not have the row
}

// compared makes one table of those of all ranges.
func compared(op *plan.CompareRanges, now table, past []table) table {
	j := &joined{op: op, at: map[string][]*joinedRow{}}
	all := append([]table{now}, past...)
	for _, t := range all {
		j.rest = append(j.rest, t.rest...)
	}
	slices.Sort(j.rest)
	j.rest = slices.Compact(j.rest)
	for r, t := range all {
		j.add(r-1, t)
	}
	if op.ByKeys {
		slices.SortStableFunc(j.rows, func(a, b *joinedRow) int {
			for _, k := range op.Keys {
				if order := value.Compare(a.Row[k], b.Row[k]); order != 0 {
					return order
				}
			}
			return 0
		})
	}
	return table{rest: op.RestNames(j.rest), rows: func(yield func(rows.Row) bool) {
		for _, row := range j.rows {
			if !yield(append(row.whole(op), j.restOf(row)...)) {
				return
			}
		}
	}}
}

// restOf are the cells of a row under plan.CompareRanges.RestNames.
func (j *joined) restOf(row *joinedRow) rows.Row {
	cell := func(r, i int) value.Value {
		if row.rest[r] == nil {
			return value.Value{}
		}
		return row.rest[r][i]
	}
	var out rows.Row
	for i := range j.rest {
		out = append(out, cell(0, i))
	}
	for _, comparison := range j.op.RestAdded {
		for i := range j.rest {
			for _, a := range comparison {
				out = append(out, ofRanges(a, func(r int) value.Value { return cell(r+1, i) }))
			}
		}
	}
	return out
}

// add takes the rows of a range, -1 for the one that is asked for. The nth row of a range with certain keys belongs to the nth of
// the others.
func (j *joined) add(r int, t table) {
	met := map[string]int{}
	places := make([]int, len(j.rest)) // of the columns in this range, below 0 for those that it lacks
	for i, name := range j.rest {
		places[i] = slices.Index(t.rest, name)
	}
	for row := range t.rows {
		if r >= 0 {
			for _, k := range j.op.Slices {
				row[k] = moved(row[k], j.op.Shifts[r])
			}
		}
		var key []byte
		for _, k := range j.op.Keys {
			key = value.AppendKey(key, value.Canonical(row[k]))
		}
		same := j.at[string(key)]
		n := met[string(key)]
		met[string(key)]++
		if n == len(same) {
			same = append(same, j.start(row, r))
			j.at[string(key)] = same
		}
		same[n].take(j.op, row[:len(row)-len(t.rest)], r)
		same[n].rest[r+1] = arranged(row[len(row)-len(t.rest):], places)
	}
}

// arranged are cells, put where others look for them.
func arranged(cells rows.Row, places []int) rows.Row {
	out := make(rows.Row, len(places))
	for i, place := range places {
		if place >= 0 {
			out[i] = cells[place]
		}
	}
	return out
}

// start makes a row of all ranges of one of a range.
func (j *joined) start(row rows.Row, r int) *joinedRow {
	made := &joinedRow{Row: row, past: make([]value.Value, len(j.op.Shifts)*len(j.op.Values)), rest: make([]rows.Row, 1+len(j.op.Shifts))}
	if r >= 0 {
		made.Row = slices.Clone(row)
		for _, v := range j.op.Values {
			made.Row[v] = value.Value{}
		}
	}
	j.rows = append(j.rows, made)
	return made
}

// take takes over the values of a range, and the times of its events.
func (j *joinedRow) take(op *plan.CompareRanges, row rows.Row, r int) {
	if seen := row[len(op.Columns):]; len(seen) > 0 {
		j.seen = append(j.seen, seen)
	}
	if r < 0 {
		return
	}
	for i, v := range op.Values {
		j.past[r*len(op.Values)+i] = row[v]
	}
}

// whole is the row with the columns that are added.
func (j *joinedRow) whole(op *plan.CompareRanges) rows.Row {
	out := append(rows.Row{}, j.Row[:len(op.Columns)]...)
	for _, a := range op.Added {
		out = append(out, ofRanges(a, func(r int) value.Value { return j.past[r*len(op.Values)+a.Value] }))
	}
	for i, name := range []string{"min", "max"}[:len(op.Seen)] {
		state := agg.Func{Name: name}.New()
		for _, seen := range j.seen {
			state.Add(seen[i])
		}
		out = append(out, state.Result())
	}
	return out
}

// ofRanges is what an added column has, by what the value is in each of the earlier ranges.
func ofRanges(a plan.Added, in func(r int) value.Value) value.Value {
	if a.Fold == "" {
		return in(a.Ranges[0])
	}
	state := agg.Func{Name: a.Fold}.New()
	for _, r := range a.Ranges {
		state.Add(in(r))
	}
	return state.Result()
}

// beforeCompare projects the rows of one range on what is compared.
func (c *compiler) beforeCompare(op *plan.CompareRanges, t table) table {
	columns := slices.Clone(op.Columns)
	for _, x := range op.Seen {
		columns = append(columns, plan.Column{X: x})
	}
	if op.Rest {
		columns = append(columns, plan.Column{})
	}
	_, out := c.project(t, columns)
	if !op.Rest {
		t.rest = nil
	}
	return table{out, t.rest}
}
