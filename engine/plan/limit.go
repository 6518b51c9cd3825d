package plan

import (
	"strconv"

	"retrohunt/engine/syntax"
)

// Limit keeps the first N rows.
type Limit struct{ N int }

func (op *Limit) expressions() []*Expr { return nil }
func (op *Limit) String() string       { return "limit " + strconv.Itoa(op.N) }

func (b *builder) limit(s *syntax.Limit) { b.op(&Limit{int(s.N.Int)}) }
