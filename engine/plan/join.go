package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Join ends a section: each table is what stages make of the section's rows, and of the tables' rows every combination becomes a row
// in which the keys are equal and that lies within the window. The slots of the section behind hold what that reads of them.
type Join struct {
	Tables  []*JoinTable
	Columns []JoinColumn
	Behind  *Section
	Window  int64 // milliseconds; 0: none
}

// JoinTable is a table of a join. Its first section works on copies of the rows of the section that the join ends, in that one's slots.
type JoinTable struct {
	Name string
	Plan *Plan // its Columns are what the join reads of a row
	Keys []JoinKey
	Time Expr // of a row; nil: rows have none
}

// JoinKey compares a column of a table with one of a table before it.
type JoinKey struct{ Column, Table, Other int }

// JoinColumn is a column of a table, and the slot for it in the section behind.
type JoinColumn struct{ Table, Column, Slot int }

// expressions are those of the tables that read the rows which the join takes apart.
func (j *Join) expressions() []*Expr {
	var out []*Expr
	for _, t := range j.Tables {
		first := t.Plan.Sections[0]
		for _, op := range first.Ops {
			out = append(out, op.expressions()...)
		}
		out = append(out, first.end()...)
		if len(t.Plan.Sections) == 1 {
			out = append(out, t.ends()...)
		}
	}
	return out
}

// ends are the expressions behind the stages of a table.
func (t *JoinTable) ends() []*Expr {
	var out []*Expr
	for i := range t.Plan.Columns {
		out = append(out, &t.Plan.Columns[i].X)
	}
	if t.Time != nil {
		out = append(out, &t.Time)
	}
	return out
}

func (j *Join) String() string {
	var tables, keys []string
	for _, t := range j.Tables {
		tables = append(tables, fmt.Sprintf("%s (%s)", t.Name, strings.Join(childLines(t.Plan.Sections), " | ")))
		for _, k := range t.Keys {
			other := j.Tables[k.Table]
			keys = append(keys, fmt.Sprintf("%s %s = %s %s", other.Name, other.Plan.Columns[k.Other].X, t.Name, t.Plan.Columns[k.Column].X))
		}
	}
	out := "join " + strings.Join(tables, ", ") + " on " + strings.Join(keys, " and ")
	if j.Window > 0 {
		out += " within " + (time.Duration(j.Window) * time.Millisecond).String()
	}
	return out
}

// join ends the section. Behind it a name with a table's before it is a field of that table.
func (b *builder) join(s *syntax.Join) {
	j := &Join{}
	if s.Window != nil {
		j.Window = s.Window.Int
	}
	var tables []*builder
	for _, t := range s.Tables {
		inner := b.joinTable(t)
		tables = append(tables, inner)
		table := &JoinTable{Name: t.As.Name, Plan: inner.plan}
		switch {
		case len(b.plan.Sections) > 1: // the one on events stayed empty
			inner.plan.Sections = inner.plan.Sections[1:]
		case len(inner.plan.Sections) == 1:
			table.Time = &EventTime{}
		}
		j.Tables = append(j.Tables, table)
	}
	for _, k := range s.On {
		left, leftColumn := j.key(s, k.Left, tables)
		right, rightColumn := j.key(s, k.Right, tables)
		if left > right {
			left, leftColumn, right, rightColumn = right, rightColumn, left, leftColumn
		}
		j.Tables[right].Keys = append(j.Tables[right].Keys, JoinKey{rightColumn, left, leftColumn})
	}
	b.section.Join = j
	b.endSection(nil, nil)
	b.seen = nil // a row is of several events, which may be in many rows
	j.Behind = b.section
	section, known := b.section, map[string]*Local{}
	b.names.open = func(name string, _ meaning) Expr {
		of, field, ok := check.JoinedField(s, b.spelled[name])
		if !ok {
			return &Const{}
		}
		if known[name] == nil {
			known[name] = &Local{section.slot(name), name}
			j.Columns = append(j.Columns, JoinColumn{of, j.column(of, field, tables), known[name].Slot})
		}
		return known[name]
	}
	for _, name := range b.info.Joined[s] {
		x := b.field(name)
		b.define(name, x)
		b.columns = append(b.columns, Column{name, x})
	}
}

// joinTable builds a table as a plan of its own. Before an aggregate its first section is of messages.
func (b *builder) joinTable(t syntax.JoinTable) *builder {
	child := b.child()
	child.ordered = true
	if len(b.plan.Sections) == 1 {
		child.plan.Sections = nil
	}
	child.section = child.newSection()
	child.section.within = b.section
	for _, inner := range t.Stages {
		child.stage(inner)
	}
	return child
}

// key returns the table of a field that is compared, and its column there.
func (j *Join) key(s *syntax.Join, f *syntax.Field, tables []*builder) (table, column int) {
	table, name, _ := check.JoinField(s, f)
	return table, j.column(table, name, tables)
}

// column returns the column of a table that holds a field.
func (j *Join) column(table int, name string, tables []*builder) int {
	columns := &j.Tables[table].Plan.Columns
	if i := slices.IndexFunc(*columns, func(c Column) bool { return strings.EqualFold(c.Name, name) }); i >= 0 {
		return i
	}
	*columns = append(*columns, Column{name, tables[table].field(name)})
	return len(*columns) - 1
}

// putOff drops what the section behind does not read, and puts off the computations in the tables.
func (j *Join) putOff(final []Expr) {
	read := map[int]bool{}
	note := func(e Expr) {
		walk(e, func(e Expr) {
			if local, ok := e.(*Local); ok {
				read[local.Slot] = true
			}
		})
	}
	for _, op := range j.Behind.Ops {
		readAll(op, note)
	}
	for _, e := range final {
		note(e)
	}
	j.Columns = slices.DeleteFunc(j.Columns, func(c JoinColumn) bool { return !read[c.Slot] })
	for i, t := range j.Tables {
		t.Plan.Columns = j.readColumns(i)
		t.Plan.putOff()
	}
}

// readColumns returns the columns of a table that are compared or read behind, and numbers them anew.
func (j *Join) readColumns(table int) []Column {
	var places []*int // of numbers of the table's columns
	for i := range j.Columns {
		if j.Columns[i].Table == table {
			places = append(places, &j.Columns[i].Column)
		}
	}
	for i, t := range j.Tables {
		for n := range t.Keys {
			if i == table {
				places = append(places, &t.Keys[n].Column)
			}
			if t.Keys[n].Table == table {
				places = append(places, &t.Keys[n].Other)
			}
		}
	}
	var kept []Column
	numbers := map[int]int{}
	for _, at := range places {
		n, ok := numbers[*at]
		if !ok {
			n = len(kept)
			numbers[*at] = n
			kept = append(kept, j.Tables[table].Plan.Columns[*at])
		}
		*at = n
	}
	return kept
}
