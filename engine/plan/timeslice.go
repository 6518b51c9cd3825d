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

// timeslice sets the start and the end of the slice; whichever nobody reads is pruned.
func (b *builder) timeslice(s *syntax.Timeslice) {
	b.sliceWidth = s.Width.Int
	name := check.SliceName(s)
	b.set(name, &Slice{b.field("_messageTime"), s.Width.Int})
	b.set(check.SliceEnd, &Arith{value.Add, b.field(name), &Const{value.OfLong(s.Width.Int)}})
}
