// Package check tells whether a parsed query means something and can be run: that its operators, functions and
// aggregates exist and are built, that they get the arguments they take, and that a stage names only fields that the
// stages before it leave.
//
// It does not read text (engine/syntax does), knows no values and runs nothing. It collects all mistakes of a query, in
// the order of their places. A query that it lets pass is what plan and naive work on; names that both need
// (AggNames, AssignName) are decided here, once. The tree stays the caller's; Check does not change it.
package check

import (
	"fmt"
	"slices"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// Info is what is known about a query that has no mistakes.
type Info struct {
	Query *syntax.Query
	// Columns of the result, in order. A group field is spelled as it was first defined in the query or, if it comes
	// from the events, as the aggregate spells it. Rest stands for columns that only the rows decide.
	Columns []string
	// Joined are the columns behind each join.
	Joined map[*syntax.Join][]string
	// Counted are the tops that count by their fields.
	Counted map[*syntax.Top]bool
	Stars   Stars
	// Unread says that there is a lookup * of a table that nobody has read, and More that the result has what else there is in it.
	Unread, More bool
	Warnings     []Warning // in the order of their places
}

// Warning is something that the query can run with, and that its author should know.
type Warning struct {
	Span syntax.Span
	Msg  string
}

// Check looks for mistakes in a query whose tables nobody has read. The error is a syntax.ErrorList of *syntax.Error and
// *syntax.UnsupportedError in the order of their places; with an error there is no Info.
func Check(q *syntax.Query) (*Info, error) { return WithTables(q, nil) }

// WithTables is Check where the columns of the user's tables are known.
func WithTables(q *syntax.Query, tables TableColumns) (*Info, error) {
	known := &stars{tables: tables, stand: Stars{}}
	c := newChecker(known)
	c.query(q)
	for known.grown { // then what was checked before did not know of the column
		known.grown = false
		c = newChecker(known)
		c.query(q)
	}
	if len(c.errs) > 0 {
		c.errs.Sort()
		return nil, c.errs
	}
	return &Info{
		Query: q, Columns: c.columns.result(), Joined: c.joined, Counted: c.counted, Warnings: c.warnings,
		Stars: known.stand, Unread: known.unread, More: len(c.columns.stars) > 0,
	}, nil
}

func newChecker(known *stars) *checker {
	return &checker{columns: columns{open: true}, joined: map[*syntax.Join][]string{}, counted: map[*syntax.Top]bool{}, stars: known}
}

func (c *checker) query(q *syntax.Query) {
	if q.Scope != nil {
		c.pipeLess(q.Scope)
		c.scope(q.Scope)
	}
	stages, save := Stages(q)
	for i, s := range stages {
		c.following = stages[i+1:]
		c.stage(s)
	}
	if save != nil {
		c.save(save, q.Stages[len(stages)+1:])
	}
}

// checker walks a query from left to right.
type checker struct {
	errs      syntax.ErrorList
	warnings  []Warning
	columns   columns
	joined    map[*syntax.Join][]string
	counted   map[*syntax.Top]bool
	keys      []string          // that the last aggregate or transpose tells rows apart by
	unkeyed   string            // what made the rows, where that was no aggregate: nothing is known to tell those of a join apart
	slice     *syntax.Timeslice // the last one before; nil without one
	compared  bool              // a compare stands before
	child     bool              // the stages of a filter are checked
	tableless bool              // nothing will be bound to the names of tables
	stars     *stars
	following []syntax.Stage // behind the one that is checked
	lost      bool           // an unknown operator stands between here and the last aggregate: nothing is known about the fields
}

// copied is a checker for stages that work on the same fields, as a table of a join does, and change none of c's.
func (c *checker) copied() *checker {
	out := *c
	out.following = nil
	out.columns.names, out.columns.shown = slices.Clone(c.columns.names), slices.Clone(c.columns.shown)
	out.columns.dropped, out.columns.stars = slices.Clone(c.columns.dropped), slices.Clone(c.columns.stars)
	return &out
}

func (c *checker) mistake(at syntax.Span, msg, hint string) {
	c.errs = append(c.errs, &syntax.Error{Span: at, Msg: msg, Hint: hint})
}

func (c *checker) unsupported(at syntax.Span, what string, why catalog.Support, hint string) {
	c.errs = append(c.errs, &syntax.UnsupportedError{Span: at, What: what, Why: why.String(), Hint: hint})
}

func (c *checker) warn(at syntax.Span, msg string) {
	c.warnings = append(c.warnings, Warning{at, msg})
}

// supported reports an entry that cannot be run.
func (c *checker) supported(e catalog.Entry, at syntax.Span) {
	switch e.Support {
	case catalog.Planned, catalog.Unpublished:
		c.unsupported(at, fmt.Sprintf("the %s %s", e.Kind, e.Name), e.Support, e.Hint)
	case catalog.NotSumo:
		c.mistake(at, fmt.Sprintf("there is no %s %s in Sumo Logic", e.Kind, e.Name), e.Hint)
	}
}

// unknown reports a word that should be of the wanted kind: a word of another language, of another kind, or of none.
func (c *checker) unknown(wanted catalog.Kind, name string, at syntax.Span) {
	for _, kind := range []catalog.Kind{catalog.Operator, catalog.Function, catalog.Aggregate} {
		e, ok := catalog.Find(kind, name)
		switch {
		case ok && e.Support == catalog.NotSumo:
			c.supported(e, at)
			return
		case ok:
			c.mistake(at, fmt.Sprintf("the %s %s cannot stand here as %s", kind, e.Name, wanted), "for example: "+e.Example)
			return
		}
	}
	c.mistake(at, fmt.Sprintf("unknown %s %s", wanted, name), didYouMean(name, candidates(wanted)))
}

// candidates returns what a word that should be of a kind may be a slip of.
func candidates(wanted catalog.Kind) []string {
	if wanted == catalog.Operator {
		return catalog.Names(catalog.Operator, catalog.Aggregate)
	}
	return catalog.Names(wanted)
}

func didYouMean(name string, candidates []string) string {
	if near := catalog.Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}
