package check

import (
	"strings"

	"retrohunt/engine/syntax"
)

// SliceStart is the field by which outlier tells what was before: timeslice sets it (S/outlier).
const SliceStart = "_timeslice"

// outlierColumns are what outlier puts behind the field's name for the columns that it adds. The reference lists all but the
// last, which one of its examples uses.
var outlierColumns = []string{"_error", "_lower", "_upper", "_indicator", "_violation", "_std"}

// Outlying is how an outlier judges.
type Outlying struct {
	Window       int     // numbers before, of which the mean and the deviation are
	Threshold    float64 // deviations between the mean and a boundary
	Consecutive  int     // numbers in a row beyond a boundary that make a violation
	Above, Below bool    // which boundaries count for a violation
}

// OutlyingOf returns how an outlier judges, with the reference's defaults.
func OutlyingOf(o *syntax.Outlier) Outlying {
	out := Outlying{Window: 10, Threshold: 3, Consecutive: 1, Above: o.Direction != "-", Below: o.Direction != "+"}
	if o.Window != nil {
		out.Window = int(o.Window.Int)
	}
	if o.Threshold != nil {
		out.Threshold = o.Threshold.Float
	}
	if o.Consecutive != nil {
		out.Consecutive = int(o.Consecutive.Int)
	}
	return out
}

// OutlierColumns returns the names of the columns that an outlier adds: the distance from the mean, the lower and the upper
// boundary, whether the value is beyond them, whether it is a violation, and the standard deviation.
func OutlierColumns(o *syntax.Outlier) []string {
	var out []string
	for _, suffix := range outlierColumns {
		out = append(out, o.Field.Name+suffix)
	}
	return out
}

func (c *checker) outlier(o *syntax.Outlier) {
	c.behind(o.Span, "outlier", "for example: timeslice 1h | count by _timeslice | outlier _count")
	c.field(o.Field)
	for _, f := range o.By {
		c.field(f)
	}
	if !c.columns.open && !c.lost && c.columns.find(SliceStart) < 0 {
		c.mistake(o.Span, "outlier needs the slices of time", "for example: timeslice 1h | count by _timeslice | outlier _count")
	}
	c.outlierRows("window", o.Window)
	c.outlierRows("consecutive", o.Consecutive)
	if n := o.Threshold; n != nil && strings.Trim(n.Text, "0123456789.") != "" {
		c.mistake(n.Span, "threshold takes a number of standard deviations, not "+n.Text, "")
	}
	for _, name := range OutlierColumns(o) {
		c.columns.define(name)
	}
}

func (c *checker) outlierRows(option string, n *syntax.Number) {
	if n != nil && (!n.IsInt || n.Int < 1 || n.Int > maxWindow) {
		c.mistake(n.Span, option+" takes a whole number from 1 to 1,000, not "+n.Text, "")
	}
}
