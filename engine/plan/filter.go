package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/syntax"
)

// Filter keeps the rows of which the Keys have values that the Found of a row have that Child makes of the same rows.
type Filter struct {
	Keys, Found []Expr
	Child       []*Section // like those of a plan behind its first
	Width       int        // how many of the slots a row of the child begins with
	Columns     []Expr     // what the child may read: it is computed before
}

func (op *Filter) expressions() []*Expr { return append(pointers(op.Keys), pointers(op.Columns)...) }

func (op *Filter) String() string {
	var child []string
	for _, s := range op.Child {
		for _, inner := range s.Ops {
			child = append(child, inner.String())
		}
		switch {
		case s.Group != nil:
			child = append(child, "group "+s.Group.String())
		case s.Transpose != nil:
			child = append(child, s.Transpose.String())
		}
	}
	return fmt.Sprintf("keep %s in (%s)", join(op.Keys, ", "), strings.Join(child, " | "))
}

// filter builds the child as a plan of its own, whose first section would be on events and so stays empty.
func (b *builder) filter(s *syntax.Filter) {
	op := &Filter{Keys: b.fieldsOf(s.Fields), Width: len(b.section.Slots)}
	for _, c := range b.columns {
		op.Columns = append(op.Columns, c.X)
	}
	child := &builder{
		plan: &Plan{Sections: []*Section{{}}}, inputs: b.inputs, spelled: b.spelled, columns: slices.Clone(b.columns), sliceWidth: b.sliceWidth,
		names: names{made: maps.Clone(b.names.made), open: b.names.open},
	}
	child.section = child.newSection()
	child.section.Slots = slices.Clone(b.section.Slots)
	for _, inner := range s.Child {
		child.stage(inner)
	}
	op.Found = child.fieldsOf(s.Fields)
	for _, x := range op.Found {
		child.plan.Columns = append(child.plan.Columns, Column{X: x})
	}
	child.plan.putOff()
	op.Child = child.plan.Sections[1:]
	b.op(op)
}
