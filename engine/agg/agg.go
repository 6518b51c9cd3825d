// Package agg computes Sumo's aggregates over groups of rows.
//
// It knows functions by name and groups by value; it does not know fields, queries or events. What it computes does not
// depend on the order of rows or on how they were shared out among tables that are merged later: sums are exact, distinct
// values are counted one by one. A Table belongs to one goroutine and owns copies of all that it keeps.
package agg

import "retrohunt/engine/value"

// State is one function's result in the making, for one group. Each function has a file of its own.
type State interface {
	// Add takes the argument's value of one row. A null is a row without the argument.
	Add(v value.Value)
	// Merge takes over another state of the same function, which must not be used afterwards.
	Merge(other State)
	// Result returns the value for the rows so far.
	Result() value.Value
}

// functions makes a first state of each function, by name in lower case.
var functions = map[string]func() State{
	"count":          func() State { return &count{} },
	"count_distinct": func() State { return &countDistinct{} },
	"sum":            func() State { return &sum{} },
	"avg":            func() State { return &avg{} },
	"min":            func() State { return &extreme{sign: 1} },
	"max":            func() State { return &extreme{sign: -1} },
}

// Known reports whether the package has a function of that name, in lower case.
func Known(name string) bool { return functions[name] != nil }
