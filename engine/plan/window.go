package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Window computes a slot from X in the row and in the rows above that have the same By: Name says how, N over how many.
type Window struct {
	Name   string
	X      Expr
	N      int // 0: all
	By     []Expr
	Slot   int
	Output string
}

func (op *Window) expressions() []*Expr { return append(pointers(op.By), &op.X) }

func (op *Window) String() string {
	out := fmt.Sprintf("%s#%d = %s of %s", op.Output, op.Slot, op.Name, op.X)
	if op.N > 0 {
		out += fmt.Sprintf(", %d", op.N)
	}
	if len(op.By) > 0 {
		out += " in each " + join(op.By, ", ")
	}
	return out
}

func (b *builder) window(s *syntax.Window) {
	op := &Window{Name: s.Name, X: b.field(s.Field.Name), N: check.WindowRows(s), By: b.fieldsOf(s.By), Output: check.WindowName(s)}
	op.Slot = b.made(op.Output)
	b.op(op)
}
