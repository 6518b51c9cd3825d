// Package exec runs plans: a worker takes records one by one through the operators of the first section into its groups;
// when all records are in, the workers' groups are merged and the later sections make the table of them.
//
// It parses nothing, decides nothing that a plan can decide, and reads no input. Adding a record allocates nothing unless
// it makes a new group, a state keeps a new value, or the query has each row compute a pattern, read JSON out of a field, or
// match a number as text. A Worker belongs to one goroutine; it borrows a record for the length of Add and copies what it
// keeps. The plan is shared and never written.
package exec

import (
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
	plan  *plan.Plan
	frame frame
	scope condition // nil: everything
	steps []step
	group *grouping
}

// frame is what expressions look at: the record, and the slots of the section for it. Behind the first aggregate there is
// no record, and the slots are a row.
type frame struct {
	record *normalize.Record
	slots  []value.Value
}

// step is an operator that looks at one row at a time; it reports whether the row stays.
type step func(*frame) bool

// NewWorker returns a worker for records that are normalized by the projection, to which it adds the fields it needs.
func NewWorker(p *plan.Plan, projection *normalize.Projection) *Worker {
	c := &compiler{}
	for _, f := range p.Inputs {
		c.inputs = append(c.inputs, projection.Add(f))
	}
	first := p.Sections[0]
	w := &Worker{plan: p, frame: frame{slots: make([]value.Value, len(first.Slots))}}
	if p.Scope != nil {
		w.scope = c.condition(p.Scope)
	}
	for _, op := range first.Ops {
		w.steps = append(w.steps, c.step(op))
	}
	w.group = c.grouping(first.Group)
	return w
}

// Add takes one record through the query.
func (w *Worker) Add(r *normalize.Record) Verdict {
	w.frame.record = r
	if w.scope != nil && !w.scope(&w.frame) {
		return OutOfScope
	}
	for _, s := range w.steps {
		if !s(&w.frame) {
			return Candidate
		}
	}
	w.group.add(&w.frame)
	return Hit
}

// Merge takes over the groups of another worker of the same plan, which must not be used afterwards.
func (w *Worker) Merge(other *Worker) { w.group.merge(other.group) }

// Rows runs the later sections over the groups and returns the table's rows, in order.
func (w *Worker) Rows() [][]value.Value {
	rows := w.group.rows()
	for _, s := range w.plan.Sections[1:] {
		rows = runSection(s, rows)
	}
	return project(w.plan.Columns, rows)
}

// compiler turns the plan's expressions and operators into functions.
type compiler struct {
	inputs []int // slot in the record by index of Plan.Inputs
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
	}
	panic("exec: an operator that needs all rows stands before the first aggregate")
}
