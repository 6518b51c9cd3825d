package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/syntax"
)

// MaxRanges is how many earlier ranges of time a query can be compared with (S/compare).
const MaxRanges = 7

// maxShift is how far back a range may begin, in milliseconds: a century, beyond which there are no logs.
const maxShift = 100 * 365 * 24 * 60 * 60 * 1000

// Ranges returns how many ranges a comparison is with.
func Ranges(c *syntax.Comparison) int {
	if c.N == nil {
		return 1
	}
	return int(c.N.Int)
}

// ComparedNames returns the names of the columns that a comparison makes of a column, in the order of its ranges: _count_1d,
// _count_2d for timeshift 1d 2, and one, _count_2d_avg, for timeshift 1d 2 avg. A name for the range stands in the place of the
// shift; where each of several ranges has a column, before it.
func ComparedNames(c *syntax.Comparison, column string) []string {
	unit := strings.TrimLeft(c.Shift.Text, "0123456789")
	width, _ := strconv.Atoi(strings.TrimSuffix(c.Shift.Text, unit)) // check refuses what is too large
	shift := func(i int) string { return strconv.Itoa(i*width) + unit }
	n := Ranges(c)
	switch {
	case c.As != nil && (n == 1 || c.Fold != ""):
		return []string{column + "_" + c.As.Name}
	case c.Fold != "":
		return []string{column + "_" + shift(n) + "_" + c.Fold}
	case c.As != nil:
		column += "_" + c.As.Name
	}
	var out []string
	for i := range n {
		out = append(out, column+"_"+shift(i+1))
	}
	return out
}

// compare checks that the rows have what ranges can be compared by, and adds its columns.
func (c *checker) compare(s *syntax.Compare) {
	switch {
	case c.child:
		c.mistake(s.Span, "compare cannot stand in a filter", "put it behind the filter")
		return
	case c.columns.open && !c.lost:
		c.mistake(s.Span, "compare compares the rows of an aggregate, and there is none before it", "for example: count by user | compare timeshift 1d")
		return
	case c.compared:
		c.mistake(s.Span, "compare can stand only once in a query", "give one compare several timeshifts: compare timeshift 1d, timeshift 1w")
		return
	case c.unkeyed != "":
		key := syntax.PrintExpr(&syntax.Field{Name: c.columns.names[0]})
		c.mistake(s.Span, "compare compares the rows of an aggregate; nothing tells which row of "+c.unkeyed+" is which in another range of time",
			"group them before: count by "+key+" | "+syntax.PrintStage(s))
		return
	}
	rest := c.columns.rest()
	c.columns.names = slices.DeleteFunc(c.columns.names, func(n string) bool { return n == Rest })
	c.compared = true
	c.ranges(s)
	c.slicesMove(s)
	values := c.others(columns{names: c.keys})
	for _, one := range s.Comparisons {
		if !c.comparison(one) {
			continue
		}
		for _, column := range values {
			for _, name := range ComparedNames(one, column) {
				if c.columns.find(name) >= 0 {
					c.mistake(one.Span, "there is a column "+name+" already", "give this range another name: … as name")
				}
				c.columns.define(name)
			}
		}
	}
	if rest {
		c.columns.define(Rest)
	}
}

// ranges checks how many there are in all.
func (c *checker) ranges(s *syntax.Compare) {
	n := 0
	for _, one := range s.Comparisons {
		if one.N != nil && (!one.N.IsInt || one.N.Int < 1) {
			c.mistake(one.N.Span, "timeshift takes a whole number of ranges, not "+one.N.Text, "")
			return
		}
		if n += Ranges(one); n > MaxRanges || n < 0 {
			c.mistake(s.Span, fmt.Sprintf("compare takes up to %d earlier ranges of time in all", MaxRanges), "")
			return
		}
	}
}

// comparison checks the shift, and reports whether columns can be named by it.
func (c *checker) comparison(one *syntax.Comparison) bool {
	before := len(c.errs)
	if c.duration(one.Shift, "shift of time"); len(c.errs) == before && one.Shift.Int > maxShift {
		c.mistake(one.Shift.Span, one.Shift.Text+" is too far back", "")
	}
	return len(c.errs) == before && Ranges(one) <= MaxRanges
}

// slicesMove warns of slices of time that meet none of the earlier ranges.
func (c *checker) slicesMove(s *syntax.Compare) {
	if c.slice == nil {
		return
	}
	if name := SliceName(c.slice); !strings.EqualFold(name, SliceStart) && containsName(c.keys, name) {
		c.warn(c.slice.As.Span, "compare moves the slices of earlier ranges only in the field _timeslice: no row meets one of them")
		return
	}
	for _, one := range s.Comparisons {
		if w := c.slice.Width; w != nil && containsName(c.keys, SliceStart) && w.Int > 0 && one.Shift.Int%w.Int != 0 {
			c.warn(one.Shift.Span, "slices of "+w.Text+" do not meet those of "+one.Shift.Text+" before: a shift is a multiple of the slices")
		}
	}
}
