package engine

import (
	"iter"
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/value"
	"retrohunt/lookup"
)

// Save is a table in which a query stores its rows.
type Save struct {
	Name   lookup.Name
	Append bool // to what the table holds
	// Columns are those of the rows; nil: only the rows decide.
	Columns []string
}

// String says where the rows go.
func (s *Save) String() string {
	if s.Append {
		return "behind those of the table " + s.Name.Text
	}
	return "in the table " + s.Name.Text
}

// Saves returns the table in which the query stores its rows, nil if it has no save operator. To store them is the caller's: the
// engine writes no files.
func (q *Query) Saves() *Save {
	_, save := check.Stages(q.tree)
	if save == nil {
		return nil
	}
	out := &Save{Name: check.TableOf(save.To), Append: save.Append}
	if !slices.Contains(q.info.Columns, check.Rest) {
		out.Columns = q.info.Columns
	}
	return out
}

// Own returns the query's own columns of its table, and the rows with a value for each: without what WithSeen adds.
func (q *Query) Own(t *Table) (columns []string, rows iter.Seq[[]value.Value]) {
	n := len(t.Columns) - (len(q.plan.Columns) - len(q.info.Columns))
	return t.Columns[:n], func(yield func([]value.Value) bool) {
		for row := range t.All() {
			if !yield(row[:n]) {
				return
			}
		}
	}
}
