package engine

import (
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/exec"
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/syntax"
	"retrohunt/normalize"
)

// Query is a compiled query.
type Query struct {
	tree  *syntax.Query
	info  *check.Info
	plan  *plan.Plan
	clock Clock
	seen  bool // the rows say when their events happened
}

// Clock is what a run knows of time: for now(), formatDate and the like.
type Clock = function.Clock

// Compile compiles a query. Its error is a syntax.ErrorList of all mistakes, each with its place in src. The query's clock
// stands at this moment, in UTC; see At.
func Compile(src string) (*Query, error) {
	tree, unread := syntax.Parse(src)
	if tree == nil {
		return nil, unread
	}
	info, wrong := check.Check(tree)
	if err := syntax.JoinErrors(unread, wrong); err != nil {
		return nil, err
	}
	return &Query{tree, info, plan.Build(tree, info), Clock{Now: time.Now()}, false}, nil
}

// At returns the same query with another clock, for rows that are the same whenever they are made.
func (q *Query) At(c Clock) *Query { return &Query{q.tree, q.info, q.plan, c, q.seen} }

// Columns returns the names of the table's columns; * stands for those that only the rows decide.
func (q *Query) Columns() []string {
	names := make([]string, len(q.plan.Columns))
	for i, c := range q.plan.Columns {
		names[i] = c.Name
		if c.Name == check.Rest {
			names[i] = "*"
		}
	}
	return names
}

// QueryWarning is something that the query can run with, and that its author should know.
type QueryWarning = check.Warning

// Warnings returns what is valid in the query but may not mean what its author thinks.
func (q *Query) Warnings() []QueryWarning { return q.info.Warnings }

// Worker gathers the groups of a query on one goroutine.
type Worker struct {
	run   *exec.Worker
	names []string // of the query's inputs
	hits  int64
	days  days // nil: nobody asks
}

// Verdict says how far a record came in a query.
type Verdict = exec.Verdict

// The verdicts.
const (
	OutOfScope = exec.OutOfScope // the text before the first pipe does not select it
	Candidate  = exec.Candidate  // in the scope, then dropped by an operator
	Hit        = exec.Hit        // counted in a row
)

// NewWorker returns a worker for records made with the projection, to which it adds the fields that the query needs: make
// the workers of all queries first, then the Normalizer.
func (q *Query) NewWorker(p *normalize.Projection) *Worker {
	w := &Worker{run: exec.NewWorker(q.plan, p, q.clock), names: q.plan.Names}
	if q.seen {
		w.days = days{}
	}
	return w
}

// Add takes one record through the query. It allocates only where the record makes a new group or is the first of its source
// category, but for the few operators that package exec names.
func (w *Worker) Add(r *normalize.Record) Verdict {
	verdict := w.run.Add(r)
	if verdict == Hit {
		w.hits++
		if w.days != nil {
			w.days.add(r)
		}
	}
	return verdict
}

// Table merges what the workers gathered and returns the rows. Which worker saw which record makes no difference. The
// workers must not be used afterwards. There must be at least one.
func (q *Query) Table(workers ...*Worker) *Table {
	first := workers[0]
	all := first.run
	for _, w := range workers[1:] {
		all.Merge(w.run)
		first.hits += w.hits
		first.days.merge(w.days)
	}
	columns, rows := all.Table()
	q.formatSeen(rows)
	return &Table{Columns: columns, Rows: rows, Hits: first.hits, Days: first.days.list(), Warnings: all.Warnings(), Needs: all.Needs()}
}
