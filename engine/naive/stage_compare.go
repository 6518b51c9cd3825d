package naive

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// compared runs the query before the compare once for each range of time, over the events of that range, and writes what earlier
// ranges found into the rows of the one that is asked for.
func compared(s *syntax.Compare, before *syntax.Query, events []Event, clock function.Clock, tables Tables, found foundRows) (*pipeline, error) {
	p, err := inRange(before, events, clock, 0, tables, found)
	if err != nil {
		return nil, err
	}
	pasts := make([][]*pipeline, len(s.Comparisons))
	rest := slices.Clone(p.rest)
	for c, one := range s.Comparisons {
		for i := range check.Ranges(one) {
			past, err := inRange(before, events, clock, int64(i+1)*one.Shift.Int, tables, found)
			if err != nil {
				return nil, err
			}
			pasts[c], rest = append(pasts[c], past), append(rest, past.rest...)
		}
	}
	slices.Sort(rest)
	values, rest := p.values(), slices.Compact(rest)
	// Of the columns that only the rows decide: their cells, by what tells the columns apart, and their names.
	cells, keys, names := map[*row]map[string]value.Value{}, slices.Clone(rest), slices.Clone(rest)
	for _, r := range p.rows {
		cells[r] = p.restOf(r)
	}
	for c, one := range s.Comparisons {
		were := map[*row][]map[string]value.Value{} // the values in each range, nil where the row was not
		for i, past := range pasts[c] {
			for _, earlier := range past.rows {
				past.move(earlier, int64(i+1)*one.Shift.Int)
				r := p.sameRow(earlier, past.rows)
				if were[r] == nil {
					were[r] = make([]map[string]value.Value, len(pasts[c]))
				}
				were[r][i] = past.restOf(earlier)
				for _, name := range values {
					were[r][i]["\x00"+name] = earlier.get(name)
				}
			}
		}
		for _, name := range values {
			for i, column := range check.ComparedNames(one, name) {
				p.define(column)
				for _, r := range p.rows {
					r.set(column, compareCell(one, were[r], i, "\x00"+name))
				}
			}
		}
		for _, name := range rest {
			for i, suffix := range check.ComparedNames(one, "") {
				key := fmt.Sprintf("%s\x00%d %d", name, c, i)
				keys, names = append(keys, key), append(names, name+suffix)
				for _, r := range p.rows {
					if cells[r] == nil {
						cells[r] = map[string]value.Value{}
					}
					cells[r][key] = compareCell(one, were[r], i, name)
				}
			}
		}
	}
	p.setRest(len(rest), keys, names, cells)
	if !p.sorted {
		slices.SortStableFunc(p.rows, func(a, b *row) int { return compareKeys(p.keysOf(a), p.keysOf(b)) })
	}
	return p, nil
}

// restOf are the cells of a row that have no name in the query, by their columns.
func (p *pipeline) restOf(r *row) map[string]value.Value {
	out := map[string]value.Value{}
	for i, name := range p.rest {
		out[name] = r.rest[i]
	}
	return out
}

// setRest puts the columns that only the rows decide behind all others. From the first on they are those that the comparison adds.
func (p *pipeline) setRest(first int, keys, names []string, cells map[*row]map[string]value.Value) {
	at := p.column(check.Rest)
	if at < 0 {
		return
	}
	p.columns = slices.Delete(p.columns, at, at+1)
	for i := first; i < len(names); i++ {
		for slices.Contains(p.columns, names[i]) || slices.Contains(names[:i], names[i]) {
			names[i] += "_"
		}
	}
	p.columns, p.rest = append(p.columns, check.Rest), names
	for _, r := range p.rows {
		r.rest = nil
		for _, key := range keys {
			r.rest = append(r.rest, cells[r][key])
		}
	}
}

// compareCell is what the ith column of a comparison has of a value in its ranges.
func compareCell(one *syntax.Comparison, were []map[string]value.Value, i int, name string) value.Value {
	var list []value.Value
	for range check.Ranges(one) - len(were) {
		list = append(list, value.Value{})
	}
	for _, cells := range were {
		list = append(list, cells[name])
	}
	if one.Fold != "" {
		return folded(one.Fold, list)
	}
	return list[i]
}

// inRange runs a query over the events of the range so far before the one that the clock has. An event without a time is in the
// latter.
func inRange(q *syntax.Query, events []Event, clock function.Clock, shift int64, tables Tables, found foundRows) (*pipeline, error) {
	clock.From = clock.From.Add(-time.Duration(shift) * time.Millisecond)
	clock.To = clock.To.Add(-time.Duration(shift) * time.Millisecond)
	var in []Event
	for _, e := range events {
		at := time.UnixMilli(e.Time.Long())
		if e.Time.IsNull() && shift == 0 || !e.Time.IsNull() && !at.Before(clock.From) && at.Before(clock.To) {
			in = append(in, e)
		}
	}
	p, err := selected(q.Scope, in, clock, tables, found)
	if err != nil {
		return nil, err
	}
	for _, s := range q.Stages {
		p.stage(s)
	}
	return p, nil
}

// isKey reports whether a column told rows apart in the last aggregate.
func (p *pipeline) isKey(name string) bool {
	return slices.ContainsFunc(p.keys, func(f *syntax.Field) bool { return strings.EqualFold(f.Name, name) })
}

// values are the columns that are compared.
func (p *pipeline) values() []string {
	return slices.DeleteFunc(slices.Clone(p.columns), func(name string) bool { return name == check.Rest || p.isKey(name) })
}

// keysOf are the values of the keys that are still columns.
func (p *pipeline) keysOf(r *row) []value.Value {
	var out []value.Value
	for _, name := range p.columns {
		if p.isKey(name) {
			out = append(out, r.get(name))
		}
	}
	return out
}

// move moves the slices of time among the keys of a row.
func (p *pipeline) move(r *row, shift int64) {
	for _, name := range []string{"_timeslice", "__timeslice_end"} {
		if v := r.get(name); p.isKey(name) && p.column(name) >= 0 && v.Kind() == value.Long {
			r.set(name, value.OfLong(v.Long()+shift))
		}
	}
}

// sameRow returns the row with the keys of an earlier one, which is one of rows: the nth with these keys for the nth. If there is
// none it makes one that has only the keys.
func (p *pipeline) sameRow(earlier *row, rows []*row) *row {
	keys, n := p.keysOf(earlier), 0
	for _, other := range rows {
		if other == earlier {
			break
		}
		if compareKeys(p.keysOf(other), keys) == 0 {
			n++
		}
	}
	for _, r := range p.rows {
		if compareKeys(p.keysOf(r), keys) != 0 {
			continue
		}
		if n == 0 {
			return r
		}
		n--
	}
	made := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
	for _, name := range p.columns {
		if p.isKey(name) {
			made.set(name, earlier.get(name))
		}
	}
	p.rows = append(p.rows, made)
	return made
}

// folded is the mean, the least or the greatest of the numbers in a list.
func folded(fold string, list []value.Value) value.Value {
	var numbers []value.Value
	for _, v := range list {
		if n, ok := value.ToNumber(v); ok {
			numbers = append(numbers, n)
		}
	}
	switch fold {
	case "avg":
		return mean(numbers, len(numbers))
	case "min":
		return least(numbers, 1)
	}
	return least(numbers, -1)
}

// sorting reports whether a stage puts rows into an order of its own.
func sorting(s syntax.Stage) bool {
	switch s := s.(type) {
	case *syntax.Sort, *syntax.TopK, *syntax.FillMissing, *syntax.Top:
		return true
	case *syntax.Aggregate:
		return strings.EqualFold(s.Funcs[0].Name, check.CountFrequent)
	}
	return false
}
