package plan

import (
	"fmt"

	"retrohunt/engine/agg"
	"retrohunt/engine/check"
	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Flow makes rows of messages that have the same IDs and follow each other in time: one where a message is in another state than
// the one before. Those of transactions that are cut off are left out.
type Flow struct {
	IDs                           []Expr
	State, Time                   Expr
	Fringe                        int64 // milliseconds; 0: none
	From, To, Latency, Start, End int   // slots
}

func (op *Flow) expressions() []*Expr { return append(pointers(op.IDs), &op.State, &op.Time) }

func (op *Flow) String() string {
	out := fmt.Sprintf("%s#%d, %s#%d, … = steps of %s by %s", check.FromState, op.From, check.ToState, op.To, op.State, join(op.IDs, ", "))
	if op.Fringe > 0 {
		out += fmt.Sprintf(", without transactions %d ms from an end", op.Fringe)
	}
	return out
}

// Fringe leaves out rows that end less than Width after the start of the searched range or start less than that before its end. Where
// the range has no bounds it goes from the first Start to the last End.
type Fringe struct {
	Start, End Expr
	Width      int64 // milliseconds
}

func (op *Fringe) expressions() []*Expr { return []*Expr{&op.Start, &op.End} }

func (op *Fringe) String() string {
	return fmt.Sprintf("without those from %s to %s that are %d ms from an end", op.Start, op.End, op.Width)
}

// transaction keeps the messages that are in a state and have IDs. Of transactions it then counts the messages of each state; steps
// from state to state take an operator of their own.
func (b *builder) transaction(s *syntax.Transaction) {
	var keys []Column
	for _, f := range s.On {
		keys = append(keys, Column{f.Name, b.field(f.Name)})
		b.op(&Where{&Not{&Test{IsEmpty, b.field(f.Name)}}})
	}
	state, fringe := b.state(s), int64(0)
	if s.Fringe != nil {
		fringe = s.Fringe.Int
	}
	at := b.field(check.MessageTime)
	if check.ByFlow(s) {
		b.flow(keys, state, at, fringe)
		return
	}
	g := &Group{Keys: keys}
	for _, name := range check.StateNames(s) {
		is := &In{state, []Expr{&Const{value.OfString(name)}}}
		g.Funcs = append(g.Funcs, Func{agg.Func{Name: "count"}, name, &If{is, &Const{value.OfBool(true)}, &Const{}}})
	}
	g.Funcs = append(g.Funcs, Func{agg.Func{Name: "min"}, check.StartTime, at}, Func{agg.Func{Name: "max"}, check.EndTime, at})
	b.group(g)
	for _, name := range []string{check.StartTime, check.EndTime} {
		b.set(name, b.call(&syntax.Call{Name: "toLong", Args: []syntax.Expr{&syntax.Field{Name: name}}})) // aggregates make doubles
	}
	if fringe > 0 {
		b.op(&Fringe{b.field(check.StartTime), b.field(check.EndTime), fringe})
	}
}

// state keeps the messages that are in a state, and yields its name.
func (b *builder) state(s *syntax.Transaction) Expr {
	rules := check.StateRules(s)
	var any []Expr
	name := Expr(&Const{})
	for i := len(rules) - 1; i >= 0; i-- {
		is := &Glob{b.field(rules[i].Field), match.CompileGlob(rules[i].Glob)}
		any = append(any, is)
		name = &If{is, &Const{value.OfString(rules[i].Name)}, name}
	}
	b.op(&Where{&Or{any}})
	slot := b.section.slot("state")
	b.op(&Set{slot, "state", name})
	return &Local{slot, "state"}
}

func (b *builder) flow(ids []Column, state, at Expr, fringe int64) {
	op := &Flow{State: state, Time: at, Fringe: fringe}
	for _, id := range ids {
		op.IDs = append(op.IDs, id.X)
	}
	columns := ids
	for _, made := range []struct {
		name string
		slot *int
	}{{check.FromState, &op.From}, {check.ToState, &op.To}, {check.Latency, &op.Latency}, {check.StartTime, &op.Start}, {check.EndTime, &op.End}} {
		*made.slot = b.section.slot(made.name)
		columns = append(columns, Column{made.name, &Local{*made.slot, made.name}})
	}
	b.op(op)
	b.narrow(columns, columns[len(columns)-2].X, columns[len(columns)-1].X)
}
