package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/lookup"
)

// Tables are the sources of a plan's tables.
type Tables map[lookup.Name]lookup.Source

// Bindable returns how the sources of a plan's tables do not fit it: a table that they lack columns of.
func Bindable(p *plan.Plan, tables Tables) (wrong plan.Table, err error) {
	for _, l := range p.Lookups() {
		if _, _, err := bind(tables, l.Table, l.Keys, l.Columns); err != nil {
			return l.Table, err
		}
	}
	return plan.Table{}, nil
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
	find := c.finder(op.Table, op.Keys, op.Columns)
	return func(f *frame) bool {
		row := find(f)
		for i, slot := range op.Slots {
			if row == nil {
				f.slots[slot] = value.Value{}
				continue
			}
			f.slots[slot] = row[i]
		}
		return true
	}
}

func (c *compiler) lookupContains(e *plan.LookupContains) condition {
	find := c.finder(e.Table, e.Keys, nil)
	return func(f *frame) bool { return find(f) != nil }
}
