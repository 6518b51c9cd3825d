package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/lookup"
)

// ThreatLookup sets slots to what is known against the values of fields: to the best entry, to null if there is none.
type ThreatLookup struct {
	Table   Table
	Fields  []Expr
	Wanted  lookup.Wanted // without the moment
	Columns []string
	Slots   []int // one for each column
	Matches int   // the slot for how many entries there are
}

// ThreatRows is ThreatLookup without singleIndicator: it makes a row of each entry, and one of nulls if there is none.
type ThreatRows struct{ Lookup ThreatLookup }

func (op *ThreatLookup) defines() []int       { return append([]int{op.Matches}, op.Slots...) }
func (op *ThreatLookup) expressions() []*Expr { return pointers(op.Fields) }
func (op *ThreatRows) expressions() []*Expr   { return op.Lookup.expressions() }

func (op *ThreatLookup) String() string {
	which := "active"
	switch {
	case op.Wanted.Active && op.Wanted.Expired:
		which = "all"
	case op.Wanted.Expired:
		which = "expired"
	}
	if op.Wanted.Source != "" {
		which += fmt.Sprintf(" of %q", op.Wanted.Source)
	}
	var slots []string
	for i, column := range op.Columns {
		slots = append(slots, fmt.Sprintf("%s#%d", column, op.Slots[i]))
	}
	return fmt.Sprintf("%s, num_match#%d = threatlookup of %s, %s", strings.Join(slots, ", "), op.Matches, join(op.Fields, ", "), which)
}

func (op *ThreatRows) String() string { return op.Lookup.String() + ", a row for each entry" }

func (b *builder) threatLookup(s *syntax.ThreatLookup) {
	op := &ThreatLookup{
		Table: Table{lookup.ParseName("sumo://threat"), s.Span}, Fields: b.fieldsOf(s.Fields), Columns: check.ThreatColumns,
		Wanted: lookup.Wanted{Active: true},
	}
	if s.Source != nil {
		op.Wanted.Source = s.Source.Value
	}
	if s.Include != nil {
		op.Wanted.Active, op.Wanted.Expired = s.Include.Value != "expired", s.Include.Value != "active"
	}
	names := check.ThreatNames()
	for _, name := range names {
		op.Slots = append(op.Slots, b.section.slot(name))
	}
	op.Matches = b.section.slot(check.NumMatch)
	if s.Single {
		b.op(op)
	} else {
		b.op(&ThreatRows{*op})
	}
	for i, name := range names {
		b.target(name, op.Slots[i])
	}
	b.target(check.NumMatch, op.Matches)
}
