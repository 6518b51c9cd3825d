package engine

import (
	"errors"
	"slices"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/exec"
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// Query is a compiled query.
type Query struct {
	tree   *syntax.Query
	info   *check.Info
	plan   *plan.Plan
	clock  Clock
	plans  plan.Options
	room   *Memory
	each   func(row []value.Value)
	tables Tables
	text   *syntax.Expansion

	subqueries []Subquery // that are still to be asked
	notes      []Warning  // of those that were asked
	asked      error      // what went wrong with them
}

// Memory is a budget for what queries keep; see Query.Within.
type Memory = rows.Memory

// NewMemory returns a budget of so many bytes; 0 is rows.DefaultMemory, 1 GiB.
func NewMemory(bytes int64) *Memory { return rows.NewMemory(bytes) }

// Place is where an event stands among all that a run reads.
type Place = exec.Place

// Clock is what a run knows of time: for now(), formatDate and the like.
type Clock = function.Clock

// Compile compiles a query. Its error is a syntax.ErrorList of all mistakes, each with its place in src. The query's clock
// stands at this moment, in UTC; see At. Parameters, {{name}}, have their defaults; see CompileWith.
func Compile(src string) (*Query, error) { return CompileWith(src, nil) }

// CompileWith is Compile with values for the query's parameters. Places of mistakes are those in src.
func CompileWith(src string, params map[string]string) (*Query, error) {
	text, err := syntax.ParseTemplate(src).Expand(params)
	if err != nil {
		return nil, err
	}
	tree, unread := syntax.Parse(text.Text)
	if tree == nil {
		return nil, text.Errors(unread)
	}
	info, wrong := check.Check(tree)
	if err := syntax.JoinErrors(unread, wrong); err != nil {
		return nil, text.Errors(foreign(text.Text, err))
	}
	return newQuery(tree, info, text, nil), nil
}

// newQuery makes a query of a tree that check accepted; tables are nil where nobody has read them.
func newQuery(tree *syntax.Query, info *check.Info, text *syntax.Expansion, tables check.TableColumns) *Query {
	q := &Query{tree: tree, clock: Clock{Now: time.Now()}, text: text}
	return q.checked(info, tables).planned(plan.Options{})
}

// checked returns the same query with what check knows of it and its subqueries, and without a plan.
func (q *Query) checked(info *check.Info, tables check.TableColumns) *Query {
	other := *q
	for i, w := range info.Warnings {
		info.Warnings[i].Span = q.text.Place(w.Span)
	}
	other.info, other.subqueries = info, subqueriesOf(q.tree, q.text, tables)
	return &other
}

// Params returns the parameters of a query's text, {{name}}, in the order of their first places.
func Params(src string) []syntax.Param { return syntax.ParseTemplate(src).Params() }

// Text returns the query's text, with values in the place of its parameters.
func (q *Query) Text() string { return q.text.Text }

// At returns the same query with another clock, for rows that are the same whenever they are made.
func (q *Query) At(c Clock) *Query {
	other := *q
	other.clock = c
	return &other
}

// Within returns the same query with a budget, which other queries may share: groups and messages beyond it go to temporary files.
// Without one they all stay in memory.
func (q *Query) Within(m *Memory) *Query {
	other := *q
	other.room = m
	return &other
}

// Unordered reports whether the rows are messages of which none depends on another.
func (q *Query) Unordered() bool { return q.plan.Unordered() }

// Each returns the same query, which is Unordered, such that its rows go to a function as they are found: its table has none. Several
// workers call the function at once. It borrows the row.
func (q *Query) Each(do func(row []value.Value)) *Query {
	times, other := q.timeColumn(), *q
	other.each = func(row []value.Value) {
		if times >= 0 {
			row[times] = timeText(row[times])
		}
		do(row)
	}
	return &other
}

// Columns returns the names of the table's columns; * stands for those that only the rows decide, or a table that the query was not
// given yet.
func (q *Query) Columns() []string {
	names := make([]string, len(q.plan.Columns))
	for i, c := range q.plan.Columns {
		names[i] = c.Name
		if c.Name == check.Rest {
			names[i] = "*"
		}
	}
	if q.info.More && !slices.Contains(names, "*") {
		names = append(names, "*")
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

	gaveUp []Warning // of regular expressions, as far as they were noted
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
	if len(q.subqueries) > 0 {
		panic("engine: the query has subqueries that were not asked; see Query.Subqueries")
	}
	w := &Worker{run: exec.NewWorker(q.plan, p, q.clock, q.tables, q.room, q.each), names: q.plan.Names}
	if q.plans.Seen {
		w.days = days{}
	}
	return w
}

// Add takes one record through the query. It allocates only where the record makes a new group or is the first of its source
// category, but for the few operators that package exec names.
func (w *Worker) Add(r *normalize.Record) Verdict { return w.AddAt(r, Place{}) }

// AddAt is Add for one of several workers, which take events in no certain order: messages of one time come in the order of
// their places, and those that Add takes in the order of the calls.
func (w *Worker) AddAt(r *normalize.Record, at Place) Verdict {
	verdict := w.run.Add(r, at)
	if verdict == Hit {
		w.hits++
		if w.days != nil {
			w.days.add(r)
		}
	}
	return verdict
}

// Merge merges what workers of one query gathered into the first and returns it; the others must not be used afterwards.
func Merge(workers ...*Worker) *Worker {
	first := workers[0]
	for _, w := range workers[1:] {
		first.run.Merge(w.run)
		first.hits += w.hits
		first.days.merge(w.days)
		for _, one := range w.gaveUp {
			first.noteWarning(one)
		}
	}
	return first
}

// Table merges what the workers gathered and returns the rows. Which worker saw which record makes no difference. The
// workers must not be used afterwards. There must be at least one.
func (q *Query) Table(workers ...*Worker) *Table {
	first := Merge(workers...)
	all := first.run
	first.hits += q.addRows(all)
	columns, rows := all.Table()
	t := &Table{Columns: columns, Hits: first.hits, Days: first.days.list()}
	t.take(q.withTimes(rows), q.room)
	q.noteGaveUp(first)
	t.Warnings, t.Needs = slices.Concat(all.Warnings(), first.gaveUp, q.notes), all.Needs()
	t.Err = errors.Join(t.Err, all.Err(), q.asked)
	t.Approximate = q.approximate()
	return t
}
