// Package catalog holds the operators, functions and aggregates of the Sumo Logic query language as data: name, number
// of arguments, one line of documentation, an example, and whether retrohunt runs it yet. The checker, "did you mean",
// the ops command and docs/language.md are made from it.
//
// It knows no grammar and runs nothing. Building an operator means writing it and setting its row to Supported; tests
// in engine/check hold the rows to the grammar. The tables are read-only: a caller gets copies.
package catalog

import (
	"slices"
	"strings"
	"sync"
)

// Kind tells the words of the language apart by where they stand. One name can be of two kinds: max.
type Kind uint8

// The kinds.
const (
	Operator  Kind = iota // begins a stage: where
	Function              // in an expression: isNull(x)
	Aggregate             // over the rows of a group: sum(x)
	Infix                 // between two operands: x matches "a*"
)

var kinds = [...]string{"operator", "function", "aggregate", "operator within expressions"}

func (k Kind) String() string { return kinds[k] }

// Support tells whether retrohunt runs a thing.
type Support uint8

// The states of support.
const (
	Supported   Support = iota
	Planned             // valid in Sumo Logic, not built yet
	Unpublished         // valid in Sumo Logic, but how it works is not published
	NotSumo             // of another query language; Hint says what Sumo Logic has instead
)

var supports = [...]string{"supported", "not built yet", "its algorithm is unpublished", "not in Sumo Logic"}

func (s Support) String() string { return supports[s] }

// Result is what a function yields.
type Result uint8

// The results.
const (
	Any Result = iota
	Boolean
	Numeric
	Text
)

var results = [...]string{"any value", "a truth value", "a number", "text"}

func (r Result) String() string { return results[r] }

// NoLimit as the most arguments of an entry: as many as you like.
const NoLimit = -1

// Entry is one operator, function or aggregate.
type Entry struct {
	Name     string // as Sumo's documentation spells it; names compare case-insensitively
	Form     string // how it is written: capitals stand for what the author gives, [] for what may be left out, … for more of the like
	Kind     Kind
	Min, Max int     // number of arguments of a function or aggregate; Max may be NoLimit
	Result   Result  // of a function
	Casts    bool    // of a function: without "as" it overwrites its first argument (| toLong(x))
	Output   string  // of an aggregate: its column without "as"; empty if the arguments decide
	Support  Support // whether it runs
	Doc      string  // one line
	Example  string  // an operator's or aggregate's stage, an expression otherwise
	Hint     string  // if Support is NotSumo or Unpublished: what to write instead
}

// tables are all entries, as they are kept.
func tables() [][]Entry { return [][]Entry{operators, functions, aggregates, infixes, foreign} }

// All returns every entry, ordered by kind and then by name.
func All() []Entry {
	all := slices.Concat(tables()...)
	slices.SortFunc(all, func(a, b Entry) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return all
}

// Find returns the entry of a kind with a name, in any case.
func Find(kind Kind, name string) (Entry, bool) {
	e, ok := byName()[key{kind, strings.ToLower(name)}]
	if !ok {
		return Entry{}, false
	}
	return *e, true
}

// FindOperator returns the operator that the text of a stage begins with: the one of two words before that of one,
// "parse regex" before "parse".
func FindOperator(stage string) (Entry, bool) {
	first, rest := cutWord(stage)
	second, _ := cutWord(strings.TrimLeft(rest, " \t\r\n"))
	if e, ok := Find(Operator, first+" "+second); ok {
		return e, true
	}
	return Find(Operator, first)
}

// cutWord cuts the letters, digits and underscores from the start of s.
func cutWord(s string) (word, rest string) {
	rest = strings.TrimLeftFunc(s, func(r rune) bool {
		return r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	})
	return s[:len(s)-len(rest)], rest
}

// Names returns the names of all entries of the given kinds that are in Sumo Logic.
func Names(ofKinds ...Kind) []string {
	var names []string
	for _, e := range All() {
		if slices.Contains(ofKinds, e.Kind) && e.Support != NotSumo {
			names = append(names, e.Name)
		}
	}
	return names
}

type key struct {
	kind Kind
	name string // in lower case
}

var byName = sync.OnceValue(func() map[key]*Entry {
	m := map[key]*Entry{}
	for _, entries := range tables() {
		for i := range entries {
			e := &entries[i]
			m[key{e.Kind, strings.ToLower(e.Name)}] = e
		}
	}
	return m
})
