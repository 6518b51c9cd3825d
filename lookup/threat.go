package lookup

import (
	"time"

	"retrohunt/engine/value"
)

// Finder implements Source; the only key is threat, or indicator. Of several entries for an indicator it finds the one with the
// most confidence, of those the one updated last; those that are no longer valid count like others, as in sumo://threat.
func (in *Indicators) Finder(keys, columns []string) (Finder, error) {
	if len(keys) != 1 || indicatorColumn(keys[0]) != colIndicator {
		return nil, &ColumnError{in.name, first(keys), []string{keyThreat}}
	}
	all, err := in.Matches(Wanted{Expired: true, Active: true}, columns)
	if err != nil {
		return nil, err
	}
	return func(keys []value.Value) []value.Value {
		if rows := all(keys[0]); len(rows) > 0 {
			return rows[0]
		}
		return nil
	}, nil
}

func first(keys []string) string {
	if len(keys) == 0 {
		return "(none)"
	}
	return keys[0]
}

// Wanted says which entries of an indicator a threatlookup wants.
type Wanted struct {
	Source          string    // "": of any source
	Active, Expired bool      // those that are valid at Now, those that are valid no more
	Now             time.Time // an entry without an end is valid always
}

func (w Wanted) has(x *indicator) bool {
	if w.Source != "" && x.values[colSource].Text() != w.Source {
		return false
	}
	until := x.values[colUntil]
	if until.IsNull() || order(until) >= float64(w.Now.Unix()) {
		return w.Active
	}
	return w.Expired
}

// Matches returns what finds the entries for an indicator: the values of the columns in each, those that are still valid first, then
// by confidence, then what was updated last. The rows are read-only and valid until the next call.
func (in *Indicators) Matches(w Wanted, columns []string) (func(indicator value.Value) [][]value.Value, error) {
	wanted := make([]int, len(columns))
	for i, name := range columns {
		if wanted[i] = indicatorColumn(name); wanted[i] < 0 {
			return nil, &ColumnError{in.name, name, IndicatorColumns()}
		}
	}
	var key []byte
	var rows [][]value.Value
	keys := make([]value.Value, 1)
	take := func(list []*indicator, active bool) {
		part := w
		part.Active, part.Expired = w.Active && active, w.Expired && !active
		for _, x := range list {
			if part.has(x) {
				rows = appendRow(rows, x, wanted)
			}
		}
	}
	return func(indicator value.Value) [][]value.Value {
		rows = rows[:0]
		keys[0] = indicator
		var ok bool
		if key, ok = appendKey(key[:0], keys, true); !ok {
			return nil
		}
		list := in.by[string(key)]
		take(list, true)
		take(list, false)
		return rows
	}, nil
}

// appendRow adds a row, in the place of one of an earlier call if there is one.
func appendRow(rows [][]value.Value, x *indicator, wanted []int) [][]value.Value {
	if len(rows) < cap(rows) {
		rows = rows[:len(rows)+1]
	} else {
		rows = append(rows, nil)
	}
	last := &rows[len(rows)-1]
	if *last == nil {
		*last = make([]value.Value, len(wanted))
	}
	for i, w := range wanted {
		(*last)[i] = x.values[w]
	}
	return rows
}

// indicatorColumn returns the place of a column under any of its names, -1 if there is none.
func indicatorColumn(name string) int {
	names := IndicatorColumns()
	i := find(names, name)
	if i < len(indicatorColumns) {
		return i
	}
	return find(names, alias[names[i]])
}
