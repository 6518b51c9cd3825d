package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// Parse takes texts out of a text of the row: every parse stage but multi. It drops the row if the pattern is not found,
// unless NoDrop is set or one of Unless holds.
type Parse struct {
	From    Expr
	Pattern extract.Pattern
	Names   []string
	Slots   []int  // one for each value of the pattern
	Else    []Expr // what a slot holds if the pattern is not found; nil: what the pattern found all the same
	NoDrop  bool
	Unless  []Expr // Matched of the nodrop stages right before this one
	Matched int    // the slot that says whether the pattern was found; below 0 if nobody asks
}

// Multi is parse regex multi: it makes a row of each match, and of a row without one what Parse makes of it.
type Multi struct{ Parse Parse }

// drops reports whether rows in which the pattern is not found may be dropped.
func (op *Parse) drops() bool { return !op.NoDrop }

func (op *Parse) defines() []int {
	if op.Matched >= 0 {
		return append([]int{op.Matched}, op.Slots...)
	}
	return op.Slots
}

func (op *Parse) expressions() []*Expr {
	out := []*Expr{&op.From}
	for i := range op.Else {
		out = append(out, &op.Else[i])
	}
	for i := range op.Unless {
		out = append(out, &op.Unless[i])
	}
	return out
}

func (op *Parse) String() string {
	var b strings.Builder
	for i, name := range op.Names {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s#%d", name, op.Slots[i])
	}
	fmt.Fprintf(&b, " = %s of %s", op.Pattern, op.From)
	switch {
	case op.NoDrop && op.Else != nil:
		b.WriteString(", else " + join(op.Else, ", "))
	case op.NoDrop:
		b.WriteString(", else null")
	case len(op.Unless) > 0:
		b.WriteString(", or drop unless " + join(op.Unless, " or "))
	default:
		b.WriteString(", or drop")
	}
	if op.Matched >= 0 {
		fmt.Fprintf(&b, "; matched#%d", op.Matched)
	}
	return b.String()
}

func (op *Multi) expressions() []*Expr { return op.Parse.expressions() }
func (op *Multi) String() string       { return op.Parse.String() + ", a row for each match" }

// parsing are the parts of a parse stage.
type parsing struct {
	field   *syntax.Field
	pattern extract.Pattern
	names   []string
	nodrop  bool
	keeps   bool // on no match, a field that there is already stays as it is
	multi   bool
}

// parse adds a parse stage. Stages with nodrop that stand right before it belong to it: a row that one of them matched is
// not dropped.
func (b *builder) parse(s parsing) {
	op := &Parse{From: b.source(s.field), Pattern: s.pattern, Names: s.names, NoDrop: s.nodrop, Matched: -1}
	if !s.nodrop {
		for _, before := range b.chain {
			op.Unless = append(op.Unless, before.matched(b.section))
		}
	}
	for _, name := range s.names {
		if s.keeps && (s.nodrop || len(op.Unless) > 0) {
			op.Else = append(op.Else, b.field(name))
		}
		op.Slots = append(op.Slots, b.section.slot(name))
	}
	for i, name := range s.names {
		b.target(name, op.Slots[i])
	}
	if s.multi {
		multi := &Multi{*op}
		b.op(multi)
		op = &multi.Parse
	} else {
		b.op(op)
	}
	b.chain = append(b.chain, op)
	if !s.nodrop {
		b.chain = nil
	}
}

// matched returns what says whether the stage found its pattern.
func (op *Parse) matched(s *Section) Expr {
	if op.Matched < 0 {
		op.Matched = s.slot("matched")
	}
	return &Local{op.Matched, "matched"}
}

// source is the text that a parse stage reads.
func (b *builder) source(f *syntax.Field) Expr {
	if f == nil {
		return b.field("_raw")
	}
	return b.field(f.Name)
}

// target gives a field that a parse stage makes its value.
func (b *builder) target(name string, slot int) {
	if name == check.NoField {
		return
	}
	b.define(name, &Local{slot, name})
	b.column(name)
}

// isParse reports whether a stage takes part in the chains of nodrop.
func isParse(s syntax.Stage) bool {
	switch s.(type) {
	case *syntax.JSON, *syntax.ParseAnchors, *syntax.ParseRegex, *syntax.KeyValue, *syntax.ParseXML:
		return true
	}
	return false
}
