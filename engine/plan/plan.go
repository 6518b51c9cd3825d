// Package plan compiles a checked query into a plan: plain data that says what to extract from an event, which rows
// to keep, what to compute, how to group, and what to do with the groups.
//
// It decides everything that can be decided without an event: names become slots, globs become string operations,
// work is put off until the filters have spoken. It runs nothing; that is package exec. A plan is immutable once Build
// returns, is shared by all workers, and can print itself: its Dump is what explain shows and what golden tests hold.
package plan

import (
	"retrohunt/engine/regex"
	"retrohunt/normalize"
)

// Plan is a compiled query.
type Plan struct {
	// Inputs are the fields that the query reads from an event; an Input expression holds an index into it.
	Inputs []normalize.Field
	// Names are the names of Inputs as the query first spells them.
	Names []string
	// Scope is what the text before the first pipe asks of an event; nil lets everything in.
	Scope Expr
	// Cat is the table whose rows stand in the place of events; nil: events are asked. With it Scope lets no event in.
	Cat *Table
	// Sections run one after another, each on the groups of the one before; the first runs on events.
	Sections []*Section
	// Regexes are the regular expressions of the query. They count the searches that were given up.
	Regexes []*regex.Regex
	// Columns are the table's columns: names, and the values of a row of the last section.
	Columns []Column
}

// Section is a run of operators that ends with an aggregate, a transpose, a join, a compare, where columns are all that stays, or, if it is
// the last, with the table.
type Section struct {
	Slots []string // the name of each slot, for printing
	// within is the section that a join ends, of whose rows this one is the first to see copies: its slots are that one's.
	within *Section
	Ops    []Op
	Order  *Order // of the first section; nil where the order of messages makes no difference
	Group  *Group // nil in the last section, or if Transpose, Join, Narrow or Compare ends it
	// Transpose makes rows of the rows behind an aggregate, with columns that only these decide.
	Transpose *Transpose
	Join      *Join
	Narrow    *Narrow // what an operator has made of messages
	// Compare makes rows of the rows behind an aggregate and of those of earlier ranges of time.
	Compare *CompareRanges
}

// Op is one operator of a section. Each kind has a file here and in package exec.
type Op interface {
	// expressions returns pointers to the expressions that the operator evaluates for a row.
	expressions() []*Expr
	// String is the operator's line in a dump.
	String() string
}

// Column is one column of the result. Without an expression it stands for those that a transpose has made and the query
// does not name.
type Column struct {
	Name string
	X    Expr
}

// end returns the expressions of what ends the section.
func (s *Section) end() []*Expr {
	switch {
	case s.Group != nil:
		return s.Group.expressions()
	case s.Transpose != nil:
		return s.Transpose.expressions()
	case s.Join != nil:
		return s.Join.expressions()
	case s.Narrow != nil:
		return s.Narrow.expressions()
	case s.Compare != nil:
		return s.Compare.expressions()
	}
	return nil
}

// slot adds a slot to the section.
func (s *Section) slot(name string) int {
	if s.within != nil {
		return s.within.slot(name)
	}
	s.Slots = append(s.Slots, name)
	return len(s.Slots) - 1
}

// Literals returns the distinct tests for a text, in the order of their first use: what explain lists.
func (p *Plan) Literals() []string {
	var out []string
	seen := map[string]bool{}
	note := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	p.walk(func(e Expr) {
		switch e.(type) {
		case *Glob, *FoldGlob, *Keyword, *Regex, *CompareText, *In:
			note(e.String())
		}
	})
	return out
}

// sections returns all sections, those in a filter or join behind the one that it stands in.
func (p *Plan) sections() []*Section {
	var out []*Section
	for _, s := range p.Sections {
		out = append(out, s)
		for _, op := range s.Ops {
			if f, ok := op.(*Filter); ok {
				out = append(out, f.Child...)
			}
		}
		if s.Join != nil {
			for _, t := range s.Join.Tables {
				out = append(out, t.Plan.sections()...)
			}
		}
	}
	return out
}

// walk visits every expression of the plan, outer before inner.
func (p *Plan) walk(visit func(Expr)) {
	if p.Scope != nil {
		walk(p.Scope, visit)
	}
	for _, s := range p.sections() {
		for _, op := range s.Ops {
			for _, e := range op.expressions() {
				walk(*e, visit)
			}
		}
		for _, e := range s.end() {
			walk(*e, visit)
		}
		if s.Join != nil {
			for _, t := range s.Join.Tables {
				for _, e := range t.ends() {
					walk(*e, visit)
				}
			}
		}
	}
	for _, c := range p.Columns {
		if c.X != nil {
			walk(c.X, visit)
		}
	}
}
