package check

import (
	"strings"

	"retrohunt/engine/syntax"
)

// SliceEnd is the field with the end of a slice (S/timeslice).
const SliceEnd = "__timeslice_end"

// bareBuckets is how many slices a timeslice aims at that says neither how many nor how wide.
const bareBuckets = 60

// Buckets returns how many slices a timeslice without a width aims at.
func Buckets(t *syntax.Timeslice) int {
	if t.Buckets == nil {
		return bareBuckets
	}
	return int(t.Buckets.Int)
}

// SliceName returns the name of the field that a timeslice sets.
func SliceName(t *syntax.Timeslice) string {
	if t.As != nil {
		return t.As.Name
	}
	return "_timeslice"
}

func (c *checker) timeslice(t *syntax.Timeslice) {
	c.field(&syntax.Field{Span: t.Span, Name: "_messageTime"})
	c.slice = t
	switch {
	case t.Width != nil:
		c.duration(t.Width, sliceWidth)
	case t.Buckets != nil:
		c.rowCount("timeslice", t.Buckets)
	}
	c.columns.define(SliceName(t))
	c.columns.define(SliceEnd)
}

const sliceWidth = "width of a slice of time"

// duration checks a length of time: a whole number of a unit (S/timeslice).
func (c *checker) duration(n *syntax.Number, what string) {
	if unit := strings.TrimLeft(n.Text, "0123456789"); !n.IsInt || n.Int < 1 || len(unit) != 1 || !strings.Contains("smhdw", unit) {
		c.mistake(n.Span, n.Text+" is no "+what, "for example: 30s, 5m, 1h, 1d, 1w")
	}
}
