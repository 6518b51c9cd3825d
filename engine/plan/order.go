package plan

import (
	"fmt"
	"slices"
)

// Order is where the messages of the first section are kept and brought into Sumo's order, newest first: for an operator that
// depends on the order of messages, or because the messages are the rows. What stands before works on each event as it comes;
// what stands behind works on the messages in their order, and reads of an event only what was kept of it.
type Order struct {
	At  int    // index into the section's Ops of the first operator behind
	For string // what asks for it
	// Slots and Inputs are what is read behind: slots that were computed before, and fields of the event.
	Slots  []int
	Inputs []*Input
	// Most is how many of the first messages are looked at; 0: all.
	Most int
}

// String is its line in a dump.
func (o *Order) String() string {
	out := "newest first, for " + o.For
	if o.Most > 0 {
		out += fmt.Sprintf(", the first %d", o.Most)
	}
	return out
}

// needsOrder reports whether an operator depends on the order of rows, or looks at all of them.
func needsOrder(op Op) bool {
	switch op.(type) {
	case *Sort, *Limit, *Dedup, *Window, *TopK, *Buckets, *Trace, *Transactionize, *Flow, *Sessionize:
		return true
	}
	return false
}

// order finds out where the messages must be in order, and what must be kept of them. It is called when nothing moves any more.
func (p *Plan) order() {
	first := p.Sections[0]
	at := slices.IndexFunc(first.Ops, needsOrder)
	switch {
	case at >= 0:
		first.Order = &Order{At: at, For: first.Ops[at].String()}
	case first.Join != nil:
		first.Order = &Order{At: len(first.Ops), For: "a join"}
	case len(p.Sections) == 1:
		first.Order = &Order{At: len(first.Ops), For: "the messages themselves"}
	default:
		return
	}
	if at >= 0 {
		if limit, ok := first.Ops[at].(*Limit); ok {
			first.Order.Most = limit.N
		}
	}
	first.Order.keep(first, p.finalNeeds(0))
}

// keep notes what the operators behind and the end of the section read that they do not compute.
func (o *Order) keep(s *Section, final []Expr) {
	made := map[int]bool{}
	for _, op := range s.Ops[:o.At] {
		for _, slot := range slotsOf(op) {
			made[slot] = true
		}
	}
	read := func(e Expr) {
		walk(e, func(e Expr) {
			switch e := e.(type) {
			case *Local:
				if made[e.Slot] && !slices.Contains(o.Slots, e.Slot) {
					o.Slots = append(o.Slots, e.Slot)
				}
			case *Input:
				if !slices.ContainsFunc(o.Inputs, func(in *Input) bool { return in.Index == e.Index }) {
					o.Inputs = append(o.Inputs, e)
				}
			}
		})
	}
	for _, op := range s.Ops[o.At:] {
		readAll(op, read)
	}
	for _, e := range final {
		read(e)
	}
}

// slotsOf returns the slots that an operator on one row computes.
func slotsOf(op Op) []int {
	switch op := op.(type) {
	case definer:
		return op.defines()
	case *Multi:
		return op.Parse.defines()
	case *ThreatRows:
		return op.Lookup.defines()
	}
	return nil
}

// OnEvents are the section's operators that work on each event as it comes.
func (s *Section) OnEvents() []Op {
	if s.Order == nil {
		return s.Ops
	}
	return s.Ops[:s.Order.At]
}

// ExplainOrder says whether the order of messages matters, and why. Keeping messages in order takes memory, and disk beyond it.
func (p *Plan) ExplainOrder() string {
	if o := p.Sections[0].Order; o != nil {
		return "newest first, for " + o.For
	}
	return "not needed: events are counted as they come"
}

// Unordered reports whether the rows are messages of which none depends on another, so that their order could be any.
func (p *Plan) Unordered() bool {
	o := p.Sections[0].Order
	return len(p.Sections) == 1 && o.At == len(p.Sections[0].Ops)
}
