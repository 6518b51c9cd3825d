// Package check tells whether a parsed query means something.
package check

import (
	"retrohunt/engine/syntax"
)

// Info is what is known about a query that has no mistakes.
type Info struct {
	Query    *syntax.Query
	Columns  []string // of the result, in order
	Warnings []Warning
}

// Warning is something that the query can run with, and that its author should know.
type Warning struct {
	Span syntax.Span
	Msg  string
}

// Check looks for mistakes in q.
func Check(q *syntax.Query) (*Info, error) { panic("being written") }

// AggName returns the name of the column that an aggregate function makes.
func AggName(call *syntax.AggCall) string { panic("being written") }

// AssignName returns the name of the field that an assignment sets.
func AssignName(a *syntax.Assign) string { panic("being written") }
