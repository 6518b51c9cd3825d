// Package agg computes Sumo's aggregates over groups of rows.
//
// It knows functions by name and groups by value; it does not know fields, queries or events. What it computes does not
// depend on the order of rows or on how they were shared out among tables that are merged later, but for first, last, join and distinct:
// sums are exact, distinct values are counted one by one. The functions that begin with Approx are in bounded memory and less exact, and
// as independent of the order. A Table belongs to one goroutine and owns copies of all that it keeps.
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
	// append and read are AppendState and ReadState but for the version.
	append(dst []byte) []byte
	read(d *decoder)
}

// growing is a State whose memory grows with the rows: it is about so many bytes.
type growing interface{ size() int }

// Func is one function of a table, and what it takes beside the values of rows.
type Func struct {
	Name      string  // in lower case
	Percent   float64 // of pct: from 0 to 100
	Separator string  // of join
}

// functions makes a first state of each function, by name in lower case.
var functions = map[string]func(Func) State{
	"count":          func(Func) State { return &count{} },
	"count_distinct": func(Func) State { return &countDistinct{} },
	"sum":            func(Func) State { return &sum{} },
	"avg":            func(Func) State { return &avg{} },
	"min":            func(Func) State { return &extreme{sign: 1} },
	"max":            func(Func) State { return &extreme{sign: -1} },
	"stddev":         func(Func) State { return &stddev{} },
	"pct":            func(f Func) State { return &percentile{percent: f.Percent} },
	"most_recent":    func(Func) State { return &recent{sign: 1} },
	"least_recent":   func(Func) State { return &recent{sign: -1} },
	"first":          func(Func) State { return &first{} },
	"last":           func(Func) State { return &last{} },
	"values":         func(Func) State { return &valueList{} },
	"join":           func(f Func) State { return &joined{separator: f.Separator} },
	"distinct":       func(Func) State { return &distinct{} },

	Approx + "count_distinct": func(Func) State { return &approxCountDistinct{} },
	Approx + "pct":            func(f Func) State { return &approxPercentile{exact: percentile{percent: f.Percent}} },
}

// Approx begins the name of a function that estimates.
const Approx = "approx_"

// bounds say how near the estimates of functions are.
var bounds = map[string]string{
	Approx + "count_distinct": "exact up to 256 different values of a row, beyond that an estimate with a standard error of 0.8 %",
	Approx + "pct":            "exact up to 1,000 numbers of a row, beyond that within 1 % of the numbers next to it",
}

// Bound says how near the function's estimate is, "" of one that is exact.
func (f Func) Bound() string { return bounds[f.Name] }

// Approximate returns the function that estimates this one in bounded memory, or the function itself.
func (f Func) Approximate() Func {
	if Known(Approx + f.Name) {
		f.Name = Approx + f.Name
	}
	return f
}

// New returns the function's state over no rows. The function must be Known.
func (f Func) New() State { return functions[f.Name](f) }

// Known reports whether the package has a function of that name, in lower case.
func Known(name string) bool { return functions[name] != nil }
