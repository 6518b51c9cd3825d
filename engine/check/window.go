package check

import (
	"fmt"

	"retrohunt/engine/syntax"
)

// maxWindow is how many rows a window can have, and how far back a row can look (S/smooth, S/backshift).
const maxWindow = 1000

// windows holds the operators of a Window that take a number, and the number that they take without one.
var windows = map[string]int{"backshift": 1, "smooth": 10, "rollingstd": 10}

// WindowName returns the name of the column that a window makes.
func WindowName(w *syntax.Window) string {
	if w.As != nil {
		return w.As.Name
	}
	return "_" + w.Name
}

// WindowRows returns how many rows back a window looks or how many it has; 0 if that is not its matter.
func WindowRows(w *syntax.Window) int {
	if w.N != nil {
		return int(w.N.Int)
	}
	return windows[w.Name]
}

func (c *checker) window(w *syntax.Window) {
	c.field(w.Field)
	for _, f := range w.By {
		c.field(f)
	}
	switch n := w.N; {
	case n == nil:
	case windows[w.Name] == 0:
		c.mistake(n.Span, w.Name+" takes no number", "")
	case !n.IsInt || n.Int < 1 || n.Int > maxWindow:
		c.mistake(n.Span, fmt.Sprintf("%s takes a whole number from 1 to 1,000, not %s", w.Name, n.Text), "")
	}
	c.columns.define(WindowName(w))
}
