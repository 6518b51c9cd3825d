package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// TopK keeps the N rows of each group that come first by Keys, descending, and numbers them from 1 in Slot. The groups stand
// by ascending By.
type TopK struct {
	N        int
	Keys, By []Expr
	Slot     int
}

func (op *TopK) expressions() []*Expr { return append(pointers(op.Keys), pointers(op.By)...) }

func (op *TopK) String() string {
	out := fmt.Sprintf("%s#%d = top %d by %s", check.RankName, op.Slot, op.N, join(op.Keys, ", "))
	if len(op.By) > 0 {
		out += " in each " + join(op.By, ", ")
	}
	return out
}

func (b *builder) topK(s *syntax.TopK) {
	op := &TopK{N: int(s.N.Int), Keys: b.fieldsOf(s.Fields), By: b.fieldsOf(s.By)}
	op.Slot = b.made(check.RankName)
	b.op(op)
}

func (b *builder) fieldsOf(list []*syntax.Field) []Expr {
	out := make([]Expr, len(list))
	for i, f := range list {
		out[i] = b.field(f.Name)
	}
	return out
}

// made defines a field that an operator on all rows makes, and returns its slot.
func (b *builder) made(name string) int {
	slot := b.section.slot(name)
	b.define(name, &Local{slot, name})
	b.column(name)
	return slot
}
