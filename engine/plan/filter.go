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
	return fmt.Sprintf("keep %s in (%s)", join(op.Keys, ", "), strings.Join(childLines(op.Child), " | "))
}

// filter builds the child as a plan of its own, whose first section would be on events and so stays empty.
func (b *builder) filter(s *syntax.Filter) {
	op := &Filter{Keys: b.fieldsOf(s.Fields), Width: len(b.section.Slots)}
	for _, c := range b.columns {
		op.Columns = append(op.Columns, c.X)
	}
	child := b.child()
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

// child returns a builder of a plan of its own on the rows at this point, behind a section on events that stays empty.
func (b *builder) child() *builder {
	return &builder{
		plan: &Plan{Sections: []*Section{{}}}, root: b.root, info: b.info, options: b.options, inputs: b.inputs, spelled: b.spelled, columns: slices.Clone(b.columns),
		sliceWidth: b.sliceWidth, names: names{made: maps.Clone(b.names.made), open: b.names.open},
	}
}

// childLines are the lines of a dump of what works on rows within a line.
func childLines(sections []*Section) []string {
	var out []string
	for _, s := range sections {
		for _, op := range s.Ops {
			out = append(out, op.String())
		}
		switch {
		case s.Group != nil:
			out = append(out, "group "+s.Group.String())
		case s.Transpose != nil:
			out = append(out, s.Transpose.String())
		}
	}
	return out
}
