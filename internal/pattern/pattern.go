// Package pattern holds regular expressions of our own source back until something is matched with them. A run needs few of them, and
// compiling all would take a tenth of the time in which the program starts.
//
// It is not for the expressions of queries: see engine/regex.
package pattern

import (
	"regexp"
	"sync"
)

// New returns a function that returns the compiled expression, always the same one. It panics if the source is none, as
// regexp.MustCompile does.
func New(source string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}
