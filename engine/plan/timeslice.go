package plan

import (
	"fmt"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Slice is the start of the slice of time that a moment lies in, in milliseconds like the moment; null for null.
type Slice struct {
	X     Expr
	Width int64 // milliseconds
}

func (e *Slice) operands() []*Expr { return []*Expr{&e.X} }
func (e *Slice) String() string {
	return fmt.Sprintf("timeslice(%s, %s)", e.X, time.Duration(e.Width)*time.Millisecond)
}

// Buckets sets the start and the end of the slice of time that X lies in, for slices that are as wide as it takes to have about N
// in the searched range, or, where that has no bounds, from the first row to the last.
type Buckets struct {
	X          Expr
	N          int
	Slot, End  int
	SliceField string
}

func (op *Buckets) expressions() []*Expr { return []*Expr{&op.X} }
func (op *Buckets) String() string {
	return fmt.Sprintf("%s#%d, %s#%d = timeslice(%s) in about %d", op.SliceField, op.Slot, check.SliceEnd, op.End, op.X, op.N)
}

// timeslice sets the start and the end of the slice; whichever nobody reads is pruned.
func (b *builder) timeslice(s *syntax.Timeslice) {
	name := check.SliceName(s)
	if s.Width == nil {
		x := b.field("_messageTime")
		b.op(&Buckets{x, check.Buckets(s), b.made(name), b.made(check.SliceEnd), name})
		return
	}
	b.sliceWidth = s.Width.Int
	b.set(name, &Slice{b.field("_messageTime"), s.Width.Int})
	b.set(check.SliceEnd, &Arith{value.Add, b.field(name), &Const{value.OfLong(s.Width.Int)}})
}
