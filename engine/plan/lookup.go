package plan

import (
	"fmt"
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/lookup"
)

// Table is a table that a plan asks: a name to which a run binds a source, and where the query names it.
type Table struct {
	lookup.Name
	Span syntax.Span
}

// Key is a key of a lookup: the value of X in the column. If Other is not nil, the table decides: if it has no such column, the
// key is the value of Other in OtherColumn.
type Key struct {
	Column, OtherColumn string
	X, Other            Expr
}

// Lookup sets slots to columns of a table's row with these keys, to null if there is none.
type Lookup struct {
	Table   Table
	Keys    []Key
	Columns []string
	Names   []string
	Slots   []int
}

func (op *Lookup) defines() []int { return op.Slots }

func (op *Lookup) expressions() []*Expr { return keyOperands(op.Keys) }

func (op *Lookup) String() string {
	var slots []string
	for i, name := range op.Names {
		slot := fmt.Sprintf("%s#%d", name, op.Slots[i])
		if op.Columns[i] != name {
			slot += " of " + op.Columns[i]
		}
		slots = append(slots, slot)
	}
	return fmt.Sprintf("%s = lookup in %s by %s", strings.Join(slots, ", "), op.Table.Text, keysText(op.Keys))
}

// LookupContains holds if a table has a row with these keys.
type LookupContains struct {
	Table Table
	Keys  []Key
}

func (e *LookupContains) operands() []*Expr { return keyOperands(e.Keys) }

func (e *LookupContains) String() string {
	return fmt.Sprintf("%s has %s", e.Table.Text, keysText(e.Keys))
}

func keyOperands(keys []Key) []*Expr {
	var out []*Expr
	for i := range keys {
		out = append(out, &keys[i].X)
		if keys[i].Other != nil {
			out = append(out, &keys[i].Other)
		}
	}
	return out
}

func keysText(keys []Key) string {
	var out []string
	for _, k := range keys {
		text := fmt.Sprintf("%s = %s", k.Column, k.X)
		if k.Other != nil {
			text += fmt.Sprintf(" (or %s = %s)", k.OtherColumn, k.Other)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func (b *builder) table(t *syntax.TableName) Table { return Table{check.TableOf(t), t.Span} }

func (b *builder) lookupKeys(t lookup.Name, keys []syntax.LookupKey) []Key {
	out := make([]Key, len(keys))
	var fields []string // none before an aggregate
	for _, c := range b.columns {
		fields = append(fields, c.Name)
	}
	for i, k := range keys {
		column, field, sure := check.KeySides(t, k, fields)
		out[i] = Key{Column: column.Name, X: b.field(field.Name)}
		if !sure && !strings.EqualFold(column.Name, field.Name) {
			out[i].OtherColumn, out[i].Other = field.Name, b.field(column.Name)
		}
	}
	return out
}

func (b *builder) lookup(s *syntax.Lookup) {
	t := b.table(s.From)
	op := &Lookup{Table: t, Keys: b.lookupKeys(t.Name, s.On)}
	columns, names := check.LookupColumns(s, b.info.Stars)
	if s.All && len(b.plan.Sections) == 1 {
		b.lookupNamed(op, columns)
		return
	}
	b.lookupInto(op, columns, names)
}

// lookupInto adds the operator with fields for columns.
func (b *builder) lookupInto(op *Lookup, columns, names []string) {
	op.Columns, op.Names = columns, names
	for _, name := range names {
		op.Slots = append(op.Slots, b.section.slot(name))
	}
	b.op(op)
	for i, name := range names {
		b.target(name, op.Slots[i])
	}
}

// lookupNamed adds the operator with fields for those of the columns that the rest of the query names: messages are many, and tables
// may have many columns.
func (b *builder) lookupNamed(op *Lookup, columns []string) {
	b.op(op)
	section, before, known := b.section, b.names, map[string]*Local{}
	b.names = names{made: map[string]Expr{}, open: func(name string, parsed meaning) Expr {
		i := slices.IndexFunc(columns, func(c string) bool { return strings.EqualFold(c, name) })
		if i < 0 {
			return before.get(name, parsed)
		}
		if known[name] == nil {
			known[name] = &Local{section.slot(columns[i]), columns[i]}
			op.Columns, op.Names = append(op.Columns, columns[i]), append(op.Names, columns[i])
			op.Slots = append(op.Slots, known[name].Slot)
		}
		return known[name]
	}}
}

func (b *builder) geoIP(s *syntax.GeoIP) {
	names := check.GeoIPNames(s)
	t := Table{lookup.ParseName("geo://location"), s.Span}
	b.lookupInto(&Lookup{Table: t, Keys: []Key{{Column: t.Key(), X: b.field(s.Field.Name)}}}, names, names)
}

func (b *builder) threatIP(s *syntax.ThreatIP) {
	t := Table{lookup.ParseName("sumo://threat/cs"), s.Span}
	b.lookupInto(&Lookup{Table: t, Keys: []Key{{Column: t.Key(), X: b.field(s.Field.Name)}}}, check.ThreatIPColumns, check.ThreatIPColumns)
}

// Tables returns the tables that the plan asks, in the order of their first use.
func (p *Plan) Tables() []Table {
	var out []Table
	if p.Cat != nil {
		out = append(out, *p.Cat)
	}
	for _, l := range p.Lookups() {
		out = append(out, l.Table)
	}
	for _, s := range p.sections() {
		for _, op := range s.Ops {
			switch op := op.(type) {
			case *ThreatLookup:
				out = append(out, op.Table)
			case *ThreatRows:
				out = append(out, op.Lookup.Table)
			}
		}
	}
	return out
}

// Lookups returns the lookups of the plan; those of lookupContains have no columns.
func (p *Plan) Lookups() []*Lookup {
	var out []*Lookup
	p.walk(func(e Expr) {
		if l, ok := e.(*LookupContains); ok {
			out = append(out, &Lookup{Table: l.Table, Keys: l.Keys})
		}
	})
	for _, s := range p.sections() {
		for _, op := range s.Ops {
			if l, ok := op.(*Lookup); ok {
				out = append(out, l)
			}
		}
	}
	return out
}
