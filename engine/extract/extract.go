// Package extract finds, in a text, the texts that a parse stage makes fields of (section 5 of the language reference):
// between anchors, by the named groups of regular expressions, at JSON paths. A file for each kind of pattern.
//
// It knows no fields and no rows: which text is looked at, what a field is where nothing is found, and whether the row
// goes on is for the plan to say. A Pattern is immutable and may be shared. A Finder belongs to one goroutine; what it
// finds borrows from the text and from the Finder's own memory, and is good until its next call.
package extract

import "retrohunt/engine/value"

// Pattern is what a parse stage looks for.
type Pattern interface {
	// Finder returns a finder of this pattern for one goroutine.
	Finder() Finder
	// String says in words how and what the pattern finds, for the dump of a plan.
	String() string
}

// Finder finds a pattern in texts.
type Finder interface {
	// Find sets found, which has one null for each value of the pattern, and reports whether the text has all that the
	// pattern asks for. If it has not, found holds what there is of a pattern whose values are found one by one, else
	// nulls.
	Find(text string, found []value.Value) bool
}
