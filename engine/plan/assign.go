package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Set computes a slot. Every assignment has a slot of its own, so that a name assigned twice is two slots and the first
// stays what it was for whatever was computed from it.
type Set struct {
	Slot int
	Name string
	X    Expr
}

func (op *Set) expressions() []*Expr { return []*Expr{&op.X} }
func (op *Set) defines() []int       { return []int{op.Slot} }
func (op *Set) String() string       { return fmt.Sprintf("%s#%d = %s", op.Name, op.Slot, op.X) }

func (b *builder) assign(s *syntax.Assign) {
	b.set(check.AssignName(s), b.expr(s.X))
}

// set computes a field.
func (b *builder) set(name string, x Expr) {
	slot := b.section.slot(name)
	b.op(&Set{slot, name, x})
	b.define(name, &Local{slot, name})
	b.column(name)
}

// column gives the rows after an aggregate a column of that name, unless they have it: then its place stays and its
// value is the new one.
func (b *builder) column(name string) {
	if len(b.plan.Sections) == 1 {
		return
	}
	for i, c := range b.columns {
		if strings.EqualFold(c.Name, name) {
			b.columns[i].X = b.field(name)
			return
		}
	}
	b.columns = append(b.columns, Column{name, b.field(name)})
}
