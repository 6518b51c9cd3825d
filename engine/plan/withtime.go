package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
)

func (b *builder) withTime(s *syntax.WithTime) {
	b.set(check.WithTimeName(s), b.timed(b.field(s.Field.Name)))
}

// timed ties a value to the time of its message.
func (b *builder) timed(x Expr) Expr {
	return &Call{Name: "withtime", Run: function.WithTime, Args: []Expr{x, b.field("_messageTime")}}
}
