package exec

import (
	"fmt"

	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/lookup"
)

// Tables are the sources of a plan's tables.
type Tables map[lookup.Name]lookup.Source

// Bindable returns how the sources do not fit the plan: a table that they lack columns of, or that is missing among them.
func Bindable(p *plan.Plan, tables Tables) (wrong plan.Table, err error) {
	for _, t := range p.Tables() {
		if tables[t.Name] == nil {
			return t, fmt.Errorf("the table %s is not given", t.Text)
		}
	}
	for _, l := range p.Lookups() {
		if _, _, err := bind(tables, l.Table, l.Keys, presentColumns(tables[l.Table.Name], l)); err != nil {
			return l.Table, err
		}
	}
	return plan.Table{}, nil
}

// presentColumns are the columns that a lookup asks of its table: all, or those that it has, if it need not have them.
func presentColumns(t lookup.Source, op *plan.Lookup) []string {
	if op.Else == nil {
		return op.Columns
	}
	var out []string
	for i, column := range op.Columns {
		if op.Else[i] == nil || lookup.Has(t, column) {
			out = append(out, column)
		}
	}
	return out
}

// bind returns what finds columns of a table by the values of expressions.
func bind(tables Tables, t plan.Table, keys []plan.Key, columns []string) (lookup.Finder, []plan.Expr, error) {
	source := tables[t.Name]
	if source == nil {
		panic("exec: no source is given for the table " + t.Text)
	}
	by, values := make([]string, len(keys)), make([]plan.Expr, len(keys))
	for i, k := range keys {
		by[i], values[i] = k.Column, k.X
		if k.Other != nil && !lookup.Has(source, k.Column) && lookup.Has(source, k.OtherColumn) {
			by[i], values[i] = k.OtherColumn, k.Other
		}
	}
	find, err := source.Finder(by, columns)
	return find, values, err
}

// finder returns what finds the row for a frame: nil if there is none.
func (c *compiler) finder(t plan.Table, keys []plan.Key, columns []string) func(*frame) []value.Value {
	find, by, err := bind(c.tables, t, keys, columns)
	if err != nil {
		panic("exec: a source that does not fit the plan was let through: " + err.Error())
	}
	fields, values := c.exprs(by), make([]value.Value, len(keys))
	return func(f *frame) []value.Value {
		for i, x := range fields {
			values[i] = x(f)
		}
		return find(values)
	}
}

// lookup sets slots to what a table has. Its values are the table's, which outlives the rows.
func (c *compiler) lookup(op *plan.Lookup) step {
	columns := presentColumns(c.tables[op.Table.Name], op)
	find := c.finder(op.Table, op.Keys, columns)
	places := make([]int, len(op.Slots)) // in the row; below 0 for what the table does not have
	others := make([]evaluator, len(op.Slots))
	for i, n := 0, 0; i < len(op.Slots); i++ {
		if n < len(columns) && columns[n] == op.Columns[i] {
			places[i] = n
			n++
			continue
		}
		places[i], others[i] = -1, c.value(op.Else[i])
	}
	return func(f *frame) bool {
		row := find(f)
		for i, slot := range op.Slots {
			switch {
			case places[i] < 0:
				f.slots[slot] = others[i](f)
			case row == nil:
				f.slots[slot] = value.Value{}
			default:
				f.slots[slot] = row[places[i]]
			}
		}
		return true
	}
}

func (c *compiler) lookupContains(e *plan.LookupContains) condition {
	find := c.finder(e.Table, e.Keys, nil)
	return func(f *frame) bool { return find(f) != nil }
}
