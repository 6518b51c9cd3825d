// Package exec runs plans: a worker takes records one by one through the operators of the first section into its groups;
// when all records are in, the workers' groups are merged and the later sections make the table of them.
//
// It parses nothing, decides nothing that a plan can decide, and reads no input. Adding a record allocates nothing unless
// it makes a new group, is the first of its source category, a state keeps a new value, or the query has each row compute a
// pattern, read JSON out of a field by json auto, read XML, find or replace what a regular expression matches, or match a
// number as text. A Worker belongs to one goroutine; it borrows a record for the length of Add and copies what it keeps. The
// plan is shared and never written.
//
// What the records lack for a hit is in four files: presence.go sees which fields they have, reason.go tells whether a record
// without the others can pass the filters, ways.go is what it takes otherwise, needs.go makes the answer of it.
package exec

import (
	"slices"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// Verdict says how far a record came.
type Verdict uint8

// The verdicts.
const (
	OutOfScope Verdict = iota
	Candidate          // in the scope, then dropped by an operator
	Hit                // counted in a row
)

// Worker is the runtime state of a plan on one goroutine.
type Worker struct {
	plan     *plan.Plan
	clock    function.Clock
	frame    frame
	context  *function.Context // of the functions in the first section: its memory is a row's
	drops    *function.Drops   // in all sections
	scope    condition         // nil: everything
	run      step              // the operators of the first section, and then the groups
	inputs   []int             // slot in the record by index of Plan.Inputs
	group    *grouping
	presence *presence
}

// frame is what expressions look at: the record, and the slots of the section for it. Behind the first aggregate there is
// no record, and the slots are a row.
type frame struct {
	record  *normalize.Record
	slots   []value.Value
	dropped bool // a function dropped the row
}

// step is an operator that looks at one row at a time; it reports whether the row stays.
type step func(*frame) bool

// NewWorker returns a worker for records that are normalized by the projection, to which it adds the fields it needs. All
// workers of a run have one clock.
func NewWorker(p *plan.Plan, projection *normalize.Projection, clock function.Clock) *Worker {
	c := &compiler{context: &function.Context{Clock: clock}, drops: &function.Drops{}}
	for _, f := range p.Inputs {
		c.inputs = append(c.inputs, projection.Add(f))
	}
	first := p.Sections[0]
	w := &Worker{plan: p, clock: clock, context: c.context, drops: c.drops, inputs: c.inputs}
	w.frame.slots = make([]value.Value, len(first.Slots))
	if p.Scope != nil {
		w.scope = c.scope(p)
	}
	w.group = c.grouping(first.Group)
	w.group.several = slices.ContainsFunc(first.Ops, func(op plan.Op) bool { _, multi := op.(*plan.Multi); return multi })
	w.run = c.run(first.Ops, w.group.add)
	w.presence = newPresence(p.FilterInputs(), c.inputs)
	return w
}

// Add takes one record through the query.
func (w *Worker) Add(r *normalize.Record) Verdict {
	w.frame.record, w.frame.dropped = r, false
	w.context.Reset()
	w.group.last = w.group.last[:0]
	if w.scope != nil && (!w.scope(&w.frame) || w.frame.dropped) {
		return OutOfScope
	}
	w.presence.see(r)
	if !w.run(&w.frame) {
		return Candidate
	}
	return Hit
}

// Groups returns the groups that the last record was counted in, each in the order of the first aggregate's keys: one, unless
// an operator makes several rows of an event. They borrow from that record and are valid until the next Add.
func (w *Worker) Groups() [][]value.Value { return w.group.last }

// Input returns what a record has in an input of the plan; nil if it has nothing.
func (w *Worker) Input(r *normalize.Record, input int) []byte { return r.Fields[w.inputs[input]] }

// Merge takes over the groups and warnings, and what it saw, of another worker of the same plan, which must not be used afterwards.
func (w *Worker) Merge(other *Worker) {
	w.group.merge(other.group)
	w.drops.Merge(other.drops)
	w.presence.merge(other.presence)
}

// Table runs the later sections over the groups and returns the table's columns, and its rows in order.
func (w *Worker) Table() (columns []string, rows [][]value.Value) {
	t := table{rows: w.group.rows()}
	for _, s := range w.plan.Sections[1:] {
		// What functions make of these rows lives as long as the rows: this context is never reset.
		c := &compiler{context: &function.Context{Clock: w.clock}, drops: w.drops, rows: true}
		t = c.section(s, t)
	}
	return t.project(w.plan.Columns)
}

// Warnings returns which functions dropped rows, in the order of their texts: of events so far, and of rows after Table.
func (w *Worker) Warnings() []function.Warning { return w.drops.Warnings() }

// compiler turns the plan's expressions and operators into functions.
type compiler struct {
	inputs  []int // slot in the record by index of Plan.Inputs
	context *function.Context
	drops   *function.Drops
	rows    bool // behind an aggregate: values live as long as the rows
	slots   int  // of this section
	rest    int  // cells behind the slots, which a transpose has made
}

// run compiles operators into one step that takes a row through all of them and then to its end. An operator that makes
// several rows of one takes each through the rest of the way.
func (c *compiler) run(ops []plan.Op, end func(*frame)) step {
	var steps []step
	for i, op := range ops {
		if op, ok := op.(*plan.Multi); ok {
			split := c.multi(op, c.run(ops[i+1:], end))
			return func(f *frame) bool { return all(steps, f) && split(f) }
		}
		steps = append(steps, c.step(op))
	}
	return func(f *frame) bool {
		if !all(steps, f) {
			return false
		}
		end(f)
		return true
	}
}

func all(steps []step, f *frame) bool {
	for _, s := range steps {
		if !s(f) {
			return false
		}
	}
	return true
}

// step compiles an operator that looks at one row at a time.
func (c *compiler) step(op plan.Op) step {
	switch op := op.(type) {
	case *plan.Where:
		return c.where(op)
	case *plan.Set:
		return c.set(op)
	case *plan.Extract:
		return c.extract(op)
	case *plan.Parse:
		return c.parse(op)
	}
	panic("exec: an operator that needs all rows stands before the first aggregate")
}
