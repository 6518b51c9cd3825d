package engine

import (
	"errors"
	"slices"

	"retrohunt/engine/exec"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
	"retrohunt/internal/jsonquote"
	"retrohunt/lookup"
	"retrohunt/normalize"
)

// Tables are the sources of the tables that queries name.
type Tables = exec.Tables

// Tables returns the names of the tables that the query asks, in the order of their first use. To run it, it needs a source
// for each: see With.
func (q *Query) Tables() []lookup.Name {
	var names []lookup.Name
	for _, t := range q.plan.Tables() {
		if !slices.Contains(names, t.Name) {
			names = append(names, t.Name)
		}
	}
	for _, s := range q.subqueries {
		for _, name := range s.Query.Tables() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// With returns the same query with sources for its tables. Its error is a syntax.ErrorList that names the place in the query
// of a table that has no source, or that has not the columns that the query asks.
func (q *Query) With(tables Tables) (*Query, error) {
	wrong, err := exec.Bindable(q.plan, tables)
	if err != nil {
		return nil, syntax.ErrorList{&syntax.Error{Span: q.text.Place(wrong.Span), Msg: err.Error(), Hint: missingColumn(err)}}
	}
	for _, s := range q.subqueries {
		if _, err := s.Query.With(tables); err != nil {
			return nil, err
		}
	}
	bound := *q
	bound.tables = tables
	return &bound, nil
}

// missingColumn says what to write where a table lacks a column.
func missingColumn(err error) string {
	bad := new(lookup.ColumnError)
	if errors.As(err, &bad) {
		return "ask for a column that it has"
	}
	return ""
}

// addRows takes the rows of the table that stands in the place of events through the query, if there is one, and returns how
// many are counted in rows.
func (q *Query) addRows(all *exec.Worker) (hits int64) {
	if q.plan.Cat == nil {
		return 0
	}
	in := *q.plan
	in.Scope = nil
	var projection normalize.Projection
	w := exec.NewWorker(&in, &projection, q.clock, q.tables, q.room, q.each)
	n := normalize.New(&projection, normalize.Options{NoMapping: true})
	table := q.tables[q.plan.Cat.Name].(*lookup.Table)
	var event []byte
	for i, row := range table.Rows() {
		event = appendObject(event[:0], table.Columns(), row)
		record, err := n.Normalize(event, event, &normalize.Origin{Name: q.plan.Cat.Text})
		if err != nil {
			panic("engine: a row of a table is no event: " + err.Error())
		}
		if w.Add(record, Place{Offset: int64(i)}) == Hit {
			hits++
		}
	}
	all.Merge(w)
	return hits
}

// appendObject writes a row as JSON; what is null is left out.
func appendObject(dst []byte, columns []string, row []value.Value) []byte {
	dst = append(dst, '{')
	for i, v := range row {
		if v.IsNull() {
			continue
		}
		if len(dst) > 1 {
			dst = append(dst, ',')
		}
		dst = append(jsonquote.Append(dst, []byte(columns[i])), ':')
		if v.Kind() == value.Bool || v.Kind() == value.Long {
			dst = v.AppendText(dst)
			continue
		}
		dst = jsonquote.Append(dst, []byte(v.Text())) // of fields, a text that is a number is as good as a number
	}
	return append(dst, '}')
}
