package plan

import (
	"fmt"

	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
)

// Trace keeps the rows that hang together with Start by the values that Regex finds in X.
type Trace struct {
	X     Expr
	Regex *regex.Regex
	Start string
}

func (op *Trace) expressions() []*Expr { return []*Expr{&op.X} }
func (op *Trace) String() string {
	return fmt.Sprintf("trace /%s/ in %s from %q", op.Regex, op.X, op.Start)
}

func (b *builder) trace(s *syntax.Trace) {
	re := regex.MustCompile(s.Regex.Pattern)
	b.root.Regexes = append(b.root.Regexes, re)
	b.op(&Trace{b.field("_raw"), re, s.Start.Value})
}
