package engine

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/exec"
	"retrohunt/engine/plan"
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
	for _, t := range q.asks() {
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
	if t := q.missing(tables); t != nil {
		return nil, q.wrongTable(*t, fmt.Errorf("the table %s is not given", t.Text))
	}
	bound := *q
	if q.info.Unread {
		info, err := check.WithTables(q.tree, columnsOf(tables))
		if err != nil {
			return nil, q.text.Errors(err)
		}
		bound = *bound.checked(info, columnsOf(tables)).planned(q.plans)
	}
	if err := bound.bindable(tables); err != nil {
		return nil, err
	}
	bound.tables = tables
	return &bound, nil
}

// columnsOf returns what tells the columns of tables.
func columnsOf(tables Tables) check.TableColumns {
	return func(name lookup.Name) []string { return tables[name].Columns() }
}

// asks are the tables that the query asks, but for those that only subqueries do. One of a lookup * that was not read yet is among
// them, though the plan may know nothing to ask it.
func (q *Query) asks() []plan.Table {
	out := q.plan.Tables()
	if q.info.Unread {
		before := func(a, b *syntax.Lookup) int { return cmp.Compare(a.Start, b.Start) }
		for _, l := range slices.SortedFunc(maps.Keys(q.info.Stars), before) {
			out = append(out, plan.Table{Name: check.TableOf(l.From), Span: l.From.Span})
		}
	}
	return out
}

// missing is a table of the query, or of a subquery, that has no source.
func (q *Query) missing(tables Tables) *plan.Table {
	for _, t := range q.asks() {
		if tables[t.Name] == nil {
			return &t
		}
	}
	for _, s := range q.subqueries {
		if t := s.Query.missing(tables); t != nil {
			return t
		}
	}
	return nil
}

// bindable returns how the sources of tables do not fit the query.
func (q *Query) bindable(tables Tables) error {
	if wrong, err := exec.Bindable(q.plan, tables); err != nil {
		return q.wrongTable(wrong, err)
	}
	for _, s := range q.subqueries {
		if err := s.Query.bindable(tables); err != nil {
			return err
		}
	}
	return nil
}

func (q *Query) wrongTable(t plan.Table, err error) error {
	return syntax.ErrorList{&syntax.Error{Span: q.text.Place(t.Span), Msg: err.Error(), Hint: missingColumn(err)}}
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
