// Package exec runs plans: a worker takes records one by one through the operators of the first section into its groups;
// when all records are in, the workers' groups are merged and the later sections make the table of them. Where a query depends on the
// order of messages, or shows them, the first section keeps messages instead, and its other operators run on them in their order.
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
	"errors"
	"iter"
	"slices"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// Verdict says how far a record came.
type Verdict uint8

// The verdicts.
const (
	OutOfScope Verdict = iota
	Candidate          // in the scope, then dropped by an operator
	Hit                // counted in a row, or kept as a message for those operators that look at several
)

// Worker is the runtime state of a plan on one goroutine.
type Worker struct {
	plan     *plan.Plan
	clock    function.Clock
	tables   Tables
	frame    frame
	context  *function.Context // of the functions in the first section: its memory is a row's
	drops    *function.Drops   // in all sections
	scope    condition         // nil: everything
	run      step              // the operators of the first section, and then the groups
	inputs   []int             // slot in the record by index of Plan.Inputs
	group    *grouping         // of the first section; nil if it keeps messages
	keeper   *keeper           // nil if it does not
	found    [][]value.Value   // keys, of which there are none, of the rows of one event that went to a function at once
	presence *presence
	memory   *rows.Memory
	sorters  []*rows.Sorter  // that Table uses
	errs     []error         // of temporary files
	only     *timeRange      // the records that the worker takes; nil: all
	past     []*Worker       // of the earlier ranges of time that the query compares
	groups   [][]value.Value // of the last record in all ranges
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
// workers of a run have one clock, one budget, of which nil has no end, and the same sources for the plan's tables, which Bindable
// accepted.
//
// If each is not nil, it gets the rows of messages as they are found, instead of Table. They borrow from the record. The plan must
// be Unordered.
func NewWorker(p *plan.Plan, projection *normalize.Projection, clock function.Clock, tables Tables, m *rows.Memory, each func(rows.Row)) *Worker {
	w := newWorker(p, projection, clock, tables, m, each, &function.Drops{})
	if op, _ := p.Compare(); op != nil {
		w.compare(op, func(earlier function.Clock) *Worker {
			return newWorker(p, projection, earlier, tables, m, nil, w.drops)
		})
	}
	return w
}

// newWorker makes a worker that takes all records.
func newWorker(p *plan.Plan, projection *normalize.Projection, clock function.Clock, tables Tables, m *rows.Memory, each func(rows.Row), drops *function.Drops) *Worker {
	c := &compiler{context: &function.Context{Clock: clock}, drops: drops, tables: tables}
	for _, f := range p.Inputs {
		c.inputs = append(c.inputs, projection.Add(f))
	}
	first := p.Sections[0]
	w := &Worker{plan: p, clock: clock, tables: tables, context: c.context, drops: c.drops, inputs: c.inputs, memory: m}
	w.frame.slots = make([]value.Value, len(first.Slots))
	if p.Scope != nil {
		w.scope = c.scope(p)
	}
	switch {
	case each != nil:
		w.run = c.run(first.Ops, w.finding(c, each))
	case first.Order != nil:
		w.keeper = c.keeper(first.Order, m)
		w.run = c.run(first.OnEvents(), w.keeper.add)
	default:
		w.group = c.grouping(first.Group, m)
		w.group.several = slices.ContainsFunc(first.Ops, several)
		w.run = c.run(first.Ops, w.group.add)
	}
	w.presence = newPresence(p.FilterInputs(), c.inputs)
	return w
}

// Add takes one record, which stands at a place, through the query.
func (w *Worker) Add(r *normalize.Record, at Place) (verdict Verdict) {
	if w.only == nil {
		verdict = w.add(r, at)
	} else {
		verdict = w.addToRanges(r, at)
	}
	if verdict != OutOfScope {
		w.presence.see(r)
	}
	return verdict
}

// add takes a record that the worker's own range has.
func (w *Worker) add(r *normalize.Record, at Place) Verdict {
	w.frame.record, w.frame.dropped = r, false
	w.context.Reset()
	switch {
	case w.keeper != nil:
		w.keeper.at(at)
	case w.group != nil:
		w.group.last = w.group.last[:0]
	}
	w.found = w.found[:0]
	if w.scope != nil && (!w.scope(&w.frame) || w.frame.dropped) {
		return OutOfScope
	}
	if !w.run(&w.frame) {
		return Candidate
	}
	return Hit
}

// Groups returns the groups that the last record was counted in, each in the order of the first aggregate's keys: one, unless
// an operator makes several rows of an event. They borrow from that record and are valid until the next Add. A message that is
// kept is in a group without keys.
func (w *Worker) Groups() [][]value.Value {
	if w.only != nil {
		return w.groups
	}
	return w.ownGroups()
}

func (w *Worker) ownGroups() [][]value.Value {
	switch {
	case w.keeper != nil:
		return w.keeper.last
	case w.group != nil:
		return w.group.last
	}
	return w.found
}

// Input returns what a record has in an input of the plan; nil if it has nothing.
func (w *Worker) Input(r *normalize.Record, input int) []byte { return r.Fields[w.inputs[input]] }

// Merge takes over the groups and warnings, and what it saw, of another worker of the same plan, which must not be used afterwards.
func (w *Worker) Merge(other *Worker) {
	w.absorb(other)
	for i, past := range w.past {
		past.absorb(other.past[i])
	}
	w.drops.Merge(other.drops)
	w.presence.merge(other.presence)
}

// absorb takes over the groups or messages of another worker of the same range.
func (w *Worker) absorb(other *Worker) {
	switch {
	case w.keeper != nil:
		w.keeper.merge(other.keeper)
	case w.group != nil:
		w.group.merge(other.group)
	}
}

// Table runs the later sections over the groups or messages and returns the table's columns, and its rows in order, which are
// read once.
func (w *Worker) Table() (columns []string, out iter.Seq[rows.Row]) {
	op, at := w.plan.Compare()
	if op == nil {
		at = len(w.plan.Sections) - 1
	}
	c, t := w.sections(at + 1)
	if op != nil {
		var past []table
		for _, earlier := range w.past {
			_, one := earlier.sections(at + 1)
			past = append(past, one)
		}
		t = compared(op, t, past)
	}
	for _, s := range w.plan.Sections[at+1:] {
		c = w.compiler()
		t = c.section(s, t)
	}
	return c.project(t, w.plan.Columns)
}

// sections runs the first n sections.
func (w *Worker) sections(n int) (c *compiler, t table) {
	c = w.compiler()
	switch {
	case w.keeper != nil:
		t = c.afterOrder(w)
	case w.group != nil:
		t.rows = w.group.rows(w.fail)
	default: // the rows are gone
		t.rows = func(func(rows.Row) bool) {}
		c.messages = messagesOf(w.plan.Sections[0])
	}
	for _, s := range w.plan.Sections[1:n] {
		c = w.compiler()
		t = c.section(s, t)
	}
	return c, t
}

// compiler returns one for the rows of a section. What functions make of them lives as long as the rows.
func (w *Worker) compiler() *compiler {
	return &compiler{
		context: &function.Context{Clock: w.clock}, drops: w.drops, tables: w.tables, rows: true, memory: w.memory,
		fail: w.fail, watch: func(s *rows.Sorter) { w.sorters = append(w.sorters, s) },
	}
}

// afterOrder runs what stands in the first section behind its order.
func (c *compiler) afterOrder(w *Worker) table {
	s := w.plan.Sections[0]
	c.messages, c.slots = messagesOf(s), len(s.Slots)
	c.watch(w.keeper.sorter)
	return c.operators(s, s.Ops[s.Order.At:], table{rows: w.keeper.ordered(len(s.Slots))})
}

func (w *Worker) fail(err error) { w.errs = append(w.errs, err) }

// Err is what went wrong with temporary files, once the rows were read: then rows are missing.
func (w *Worker) Err() error {
	errs := slices.Clone(w.errs)
	for _, s := range w.sorters {
		errs = append(errs, s.Err())
	}
	for _, earlier := range w.past {
		errs = append(errs, earlier.Err())
	}
	return errors.Join(errs...)
}

// Warnings returns which functions dropped rows, in the order of their texts: of events so far, and of rows after Table.
func (w *Worker) Warnings() []function.Warning { return w.drops.Warnings() }

// compiler turns the plan's expressions and operators into functions.
type compiler struct {
	inputs   []int // slot in the record by index of Plan.Inputs
	context  *function.Context
	drops    *function.Drops
	tables   Tables
	rows     bool // behind an aggregate, or of messages in their order: values live as long as the rows
	memory   *rows.Memory
	watch    func(*rows.Sorter) // notes a sorter that may fail
	fail     func(error)
	messages *messages // in the first section behind its order
	slots    int       // of this section
	rest     int       // cells behind the slots, which a transpose has made
}

// run compiles operators into one step that takes a row through all of them and then to its end. An operator that makes
// several rows of one takes each through the rest of the way.
func (c *compiler) run(ops []plan.Op, end func(*frame)) step {
	var steps []step
	for i, op := range ops {
		if several(op) {
			split := c.split(op, c.run(ops[i+1:], end))
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

// several reports whether an operator makes several rows of one.
func several(op plan.Op) bool {
	switch op.(type) {
	case *plan.Multi, *plan.ThreatRows:
		return true
	}
	return false
}

// split compiles an operator that makes several rows of one: each goes through next.
func (c *compiler) split(op plan.Op, next func(*frame) bool) step {
	if op, ok := op.(*plan.ThreatRows); ok {
		return c.threatRows(&op.Lookup, next)
	}
	return c.multi(op.(*plan.Multi), next)
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
	case *plan.Lookup:
		return c.lookup(op)
	case *plan.ThreatLookup:
		return c.threatLookup(op)
	}
	panic("exec: an operator that needs all rows stands before the first aggregate")
}
