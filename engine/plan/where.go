package plan

import "retrohunt/engine/syntax"

// Where keeps the rows for which Cond holds.
type Where struct{ Cond Expr }

func (op *Where) expressions() []*Expr { return []*Expr{&op.Cond} }
func (op *Where) String() string       { return "where " + op.Cond.String() }

func (b *builder) where(s *syntax.Where) { b.op(&Where{b.expr(s.Cond)}) }
