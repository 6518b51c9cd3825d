package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
)

// Trace keeps the rows that hang together with Start by the values that Regex finds in X.
type Trace struct {
	X     Expr
	Regex *regex.Regex
	Start string
	// OneWay takes the rows in the order of Time, the oldest first if Forwards, else the newest. It has slots for a row's place among
	// the others and its time.
	OneWay    bool
	Forwards  bool
	Time      Expr
	Place, At int
}

func (op *Trace) expressions() []*Expr {
	if op.OneWay {
		return []*Expr{&op.X, &op.Time}
	}
	return []*Expr{&op.X}
}

func (op *Trace) String() string {
	way := ""
	switch {
	case op.OneWay && op.Forwards:
		way = " to newer ones"
	case op.OneWay:
		way = " to older ones"
	}
	return fmt.Sprintf("trace /%s/ in %s from %q%s", op.Regex, op.X, op.Start, way)
}

func (b *builder) trace(s *syntax.Trace) {
	re := regex.MustCompile(s.Regex.Pattern)
	b.root.Regexes = append(b.root.Regexes, re)
	op := &Trace{X: b.field("_raw"), Regex: re, Start: s.Start.Value, OneWay: s.Way != syntax.Bothways, Forwards: s.Way == syntax.Forwards}
	if op.OneWay {
		op.Time, op.Place, op.At = b.field(check.MessageTime), b.section.slot("place"), b.section.slot("time")
	}
	b.op(op)
}
