package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// CompareRanges ends a section whose rows there are several times: of the range of time that is asked for, and of earlier ones. Rows of
// different ranges that have the same keys become one, with a column for each value in each of the earlier ranges.
type CompareRanges struct {
	Columns []Column // of the rows, as they are
	Keys    []int    // those of Columns that tell rows apart
	Slices  []int    // those of Keys that hold slices of time: these are as far apart as the ranges
	Values  []int    // the others
	Shifts  []int64  // how far before the range that is asked for the earlier ones are, in milliseconds
	Added   []Added  // the columns that are added
	// Rest says that the rows have columns that only they decide, and what is added for each of these: by comparison, with the name that
	// stands behind the column's. Rows of one range may have other columns than those of another.
	Rest      bool
	RestAdded [][]Added
	// Seen yields the times of the earliest and the latest event of a row; nil: nobody asks.
	Seen []Expr
	// ByKeys says that nothing has put the rows into another order than that of their keys, so that it can be kept.
	ByKeys bool
}

// Added is a column that a CompareRanges adds: what the value has in a range, or, if Fold is set, its avg, min or max in several.
type Added struct {
	Name   string
	Value  int   // index into Values; of RestAdded it means nothing
	Ranges []int // indexes into Shifts
	Fold   string
}

func (c *CompareRanges) expressions() []*Expr {
	return append(pointers(c.Seen), columnPointers(c.Columns)...)
}

func (c *CompareRanges) String() string {
	keys := make([]string, len(c.Keys))
	for i, k := range c.Keys {
		keys[i] = c.Columns[k].X.String()
		if slices.Contains(c.Slices, k) {
			keys[i] += " moved"
		}
	}
	parts := make([]string, len(c.Added))
	for i, a := range c.Added {
		parts[i] = fmt.Sprintf("%s = %s%s of %s before", a.Name, strings.TrimLeft(a.Fold+" ", " "), c.Columns[c.Values[a.Value]].X, c.shifted(a))
	}
	for _, a := range slices.Concat(c.RestAdded...) {
		parts = append(parts, fmt.Sprintf("*%s = %s* of %s before", a.Name, strings.TrimLeft(a.Fold+" ", " "), c.shifted(a)))
	}
	out := "compare "
	if c.ByKeys {
		out += "in order "
	}
	if len(keys) > 0 {
		out += "by " + strings.Join(keys, ", ") + ": "
	}
	return out + strings.Join(parts, ", ")
}

// shifted returns how far back the ranges of a column are, as a text.
func (c *CompareRanges) shifted(a Added) string {
	var shifts []string
	for _, r := range a.Ranges {
		shifts = append(shifts, c.shift(r))
	}
	return strings.Join(shifts, ", ")
}

// shift returns how far back a range is, as a text.
func (c *CompareRanges) shift(r int) string {
	return (time.Duration(c.Shifts[r]) * time.Millisecond).String()
}

// LookBack is how far before the range that is asked for the earliest one is, in milliseconds.
func (c *CompareRanges) LookBack() int64 { return slices.Max(c.Shifts) }

// Compare returns the plan's compare, nil if it has none, and the index of the section that it ends.
func (p *Plan) Compare() (c *CompareRanges, section int) {
	for i, s := range p.Sections {
		if s.Compare != nil {
			return s.Compare, i
		}
	}
	return nil, -1
}

// ExplainRange says of which ranges of time the rows are; "" if a query can do without one.
func (p *Plan) ExplainRange() string {
	c, _ := p.Compare()
	if c == nil {
		return ""
	}
	shifts := make([]string, len(c.Shifts))
	for r := range c.Shifts {
		shifts[r] = c.shift(r)
	}
	return "must be given, from and to: it is compared with those that are " + strings.Join(shifts, ", ") + " before it"
}

// compareRanges ends the section.
func (b *builder) compareRanges(s *syntax.Compare) {
	columns := without(b.columns, check.Rest)
	c := &CompareRanges{Columns: columns, ByKeys: !slices.ContainsFunc(b.section.Ops, reorders), Rest: len(columns) < len(b.columns)}
	for i, column := range columns {
		key := slices.ContainsFunc(b.keys, func(k Column) bool { return strings.EqualFold(k.Name, column.Name) })
		switch {
		case !key:
			c.Values = append(c.Values, i)
			continue
		case IsSlice(column.Name):
			c.Slices = append(c.Slices, i)
		}
		c.Keys = append(c.Keys, i)
	}
	var names []string
	for _, one := range s.Comparisons {
		c.add(one)
	}
	for _, a := range c.Added {
		names = append(names, a.Name)
	}
	if b.seen != nil {
		c.Seen = []Expr{b.seen.first, b.seen.last}
	}
	b.section.Compare = c
	b.endSection(columns, names)
	if b.seen != nil {
		b.carrySeen()
	}
	if c.Rest {
		b.columns = append(b.columns, Column{Name: check.Rest})
	}
}

// IsSlice reports whether a field holds the start or the end of slices of time, which a compare moves.
func IsSlice(name string) bool {
	return strings.EqualFold(name, check.SliceStart) || strings.EqualFold(name, check.SliceEnd)
}

// add adds the columns of a comparison.
func (c *CompareRanges) add(one *syntax.Comparison) {
	var ranges []int
	for i := range check.Ranges(one) {
		ranges = append(ranges, c.rangeOf(int64(i+1)*one.Shift.Int))
	}
	for v, column := range c.Values {
		c.Added = append(c.Added, added(one, c.Columns[column].Name, v, ranges)...)
	}
	if c.Rest {
		c.RestAdded = append(c.RestAdded, added(one, "", -1, ranges))
	}
}

// added are the columns that a comparison adds for one.
func added(one *syntax.Comparison, name string, v int, ranges []int) []Added {
	var out []Added
	for i, name := range check.ComparedNames(one, name) {
		of := ranges
		if one.Fold == "" {
			of = ranges[i : i+1]
		}
		out = append(out, Added{name, v, of, one.Fold})
	}
	return out
}

// RestNames are the names of the columns that only the rows decide: those that they have in any range, and behind them those that are
// added. One that would be called like another has _ behind it.
func (c *CompareRanges) RestNames(rest []string) []string {
	names, taken := slices.Clone(rest), slices.Clone(rest)
	for _, column := range c.Columns {
		taken = append(taken, column.Name)
	}
	for _, a := range c.Added {
		taken = append(taken, a.Name)
	}
	for _, comparison := range c.RestAdded {
		for _, column := range rest {
			for _, a := range comparison {
				name := column + a.Name
				for slices.Contains(taken, name) {
					name += "_"
				}
				names, taken = append(names, name), append(taken, name)
			}
		}
	}
	return names
}

// rangeOf returns the index of the range that is so far back.
func (c *CompareRanges) rangeOf(shift int64) int {
	i := slices.Index(c.Shifts, shift)
	if i < 0 {
		i = len(c.Shifts)
		c.Shifts = append(c.Shifts, shift)
	}
	return i
}

// reorders reports whether an operator puts rows into another order than that of their keys.
func reorders(op Op) bool {
	switch op.(type) {
	case *Sort, *TopK, *FillMissing:
		return true
	}
	return false
}
