package engine

import (
	"cmp"
	"iter"
	"slices"

	"retrohunt/engine/exec"
	"retrohunt/engine/function"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// Table is the result of a query: rows in the order that the query asks for, each with one value per column.
type Table struct {
	Columns []string
	// Rows are the rows, if the query's budget had room for all. All yields them in any case.
	Rows [][]value.Value
	// Err says that rows are missing, or not whole, for a temporary file could not be written or read.
	Err error
	// Hits is how many events were counted in rows, those included that the stages behind the first aggregate drop again.
	Hits int64
	// Days are the Hits by the day of their message time, in order, of a query WithSeen. Hits without a time are in none.
	Days []Day
	// Warnings say which functions dropped events or rows that every filter kept, in the order of their texts.
	Warnings []Warning
	// Approximate are the columns whose values are estimates, of a query Approximated.
	Approximate []Approximation
	// Needs are the source categories in which no event of the query's scope has the fields for a hit, most events first.
	Needs []Need

	spilled *rows.Sorter                          // nil if all are in Rows
	extend  func(row []value.Value) []value.Value // of the rows that are spilled; nil: they stay as they are
}

// take gathers the rows.
func (t *Table) take(in iter.Seq[rows.Row], m *Memory) {
	all := rows.NewSorter(nil, m)
	for row := range in {
		all.Add(row)
	}
	if t.Rows = all.Rows(); all.Spilled() {
		t.spilled = all
	}
}

// All yields the rows, as often as it is asked to. If they are read from a file and that fails, Err says so afterwards.
func (t *Table) All() iter.Seq[[]value.Value] {
	if t.spilled == nil {
		return slices.Values(t.Rows)
	}
	return func(yield func([]value.Value) bool) {
		for row := range t.spilled.All() {
			if t.extend != nil {
				row = t.extend(row)
			}
			if !yield(row) {
				break
			}
		}
		t.Err = cmp.Or(t.Err, t.spilled.Err())
	}
}

// Extend gives the table more columns at its end. Their values are what more returns for a row; of rows that are in a file it is
// called each time that they are read.
func (t *Table) Extend(columns []string, more func(row []value.Value) []value.Value) {
	before := t.extend
	extend := func(row []value.Value) []value.Value {
		if before != nil {
			row = before(row)
		}
		return slices.Concat(row, more(row))
	}
	t.Columns = slices.Concat(t.Columns, columns)
	if t.spilled != nil {
		t.extend = extend
		return
	}
	wider := make([][]value.Value, len(t.Rows))
	for i, row := range t.Rows {
		wider[i] = extend(row)
	}
	t.Rows = wider
}

// Len is how many rows there are.
func (t *Table) Len() int {
	if t.spilled == nil {
		return len(t.Rows)
	}
	return int(t.spilled.Len())
}

// Close gives back the temporary file, if there is one.
func (t *Table) Close() {
	if t.spilled != nil {
		t.spilled.Close()
	}
}

// Need is a source category in which a query cannot hit, and the fields that it would take.
type Need = exec.Need

// Warning is something that went wrong in rows, and in how many.
type Warning = function.Warning
