// Package function holds the functions of Sumo's expressions (sections 5 and 8 of the language reference) as plain data:
// a name and a Go function from argument values to a value. The compiled engine and engine/naive both call them.
//
// It parses no queries and knows no fields. What needs conditions rather than values is not here: if, contains, isNull,
// isEmpty, isBlank. What needs a regular expression is given one: see Replacement. A file for each family.
//
// Arguments are borrowed for the length of a call. A result may borrow from its arguments and from the Context's memory:
// it is good until the Context's next Reset, and whoever keeps it longer clones it. Functions hold no state; a Context
// belongs to one goroutine.
package function

import (
	"fmt"
	"strings"
	"sync"

	"retrohunt/engine/value"
)

// Call computes a function. An error drops the row: Sumo answers it with a warning and goes on without the row. The errors
// are fixed texts, so that they can be counted; see Drops.
type Call func(c *Context, args []value.Value) (value.Value, error)

// Function is one function.
type Function struct {
	Name string // in lower case
	Call Call
	// Bind prepares a call of which some arguments are known before any row: formats are read once. It is nil where there is
	// nothing to prepare or to check. Its error is the author's mistake; Call then drops every row.
	Bind func(args []Arg) (Call, error)
	// Drops says that Call may return an error.
	Drops bool
	// Clocked says that the result depends on the run's Clock, and not on the arguments alone.
	Clocked bool
}

// Arg is an argument as the query's author wrote it.
type Arg struct {
	Value value.Value
	Known bool // false: a field or an expression, whose value each row decides
}

// ArgError is a mistake in a known argument.
type ArgError struct {
	Arg  int // which argument, from 0
	Msg  string
	Hint string // what to write instead; may be empty
}

func (e *ArgError) Error() string { return e.Msg }

func badArg(arg int, hint, format string, parts ...any) error {
	return &ArgError{arg, fmt.Sprintf(format, parts...), hint}
}

// Find returns the function with a name, in any case.
func Find(name string) (*Function, bool) {
	f, ok := byName()[strings.ToLower(name)]
	return f, ok
}

// Bound returns the call of a function for its arguments as far as they are known, or the mistake in them.
func (f *Function) Bound(args []Arg) (Call, error) {
	if f.Bind == nil {
		return f.Call, nil
	}
	return f.Bind(args)
}

var byName = sync.OnceValue(func() map[string]*Function {
	m := map[string]*Function{}
	for _, family := range [][]Function{
		texts, casts, numbers, mathematics, networks, encodings, hashes, checks, arrays, times,
	} {
		for i := range family {
			m[family[i].Name] = &family[i]
		}
	}
	return m
})
