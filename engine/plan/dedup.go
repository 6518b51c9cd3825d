package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Dedup keeps the first N rows with the same By; if it is Consecutive, of those that follow each other.
type Dedup struct {
	Consecutive bool
	N           int
	By          []Expr
}

func (op *Dedup) expressions() []*Expr { return pointers(op.By) }

func (op *Dedup) String() string {
	consecutive := ""
	if op.Consecutive {
		consecutive = "consecutive "
	}
	return fmt.Sprintf("dedup %s%d by %s", consecutive, op.N, join(op.By, ", "))
}

func (b *builder) dedup(s *syntax.Dedup) {
	b.op(&Dedup{s.Consecutive, check.DedupRows(s), b.fieldsOf(check.DedupFields(s))})
}
