package check

import (
	"slices"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// Rest stands among the columns for those that a transpose makes of the rows, which no stage can name. No field has this
// name.
const Rest = ""

// rest reports whether there are columns that only the rows decide.
func (c *columns) rest() bool { return c.find(Rest) >= 0 }

// transpose checks that just one column is left for the cells: Sumo does not say what it makes of more.
func (c *checker) transpose(t *syntax.Transpose) {
	c.behind(t.Span, "transpose", "for example: count by _timeslice, host | transpose row _timeslice column host")
	var keys, after columns
	for _, f := range t.Rows {
		c.field(f)
		c.once(&keys, f)
		after.define(c.columns.spelling(f.Name))
	}
	c.keys, c.unkeyed = slices.Clone(after.names), ""
	for _, f := range t.Columns {
		c.field(f)
		c.once(&keys, f)
	}
	c.cells(t, c.others(keys))
	for _, f := range t.As {
		c.once(&after, f)
	}
	if !HasNames(t) {
		after.define(Rest)
	}
	if !c.lost {
		c.columns = after
	}
}

// cells checks the columns that are left for the cells.
func (c *checker) cells(t *syntax.Transpose, left []string) {
	switch {
	case c.lost || c.columns.open || len(left) == 1 && left[0] != Rest:
	case len(left) == 0 && c.starred("*"): // that it is one shows when the table is read
	default:
		c.unsupported(t.Span, "transpose where not just one column is left for the cells", catalog.Planned, "keep one beside those of row and column: | fields "+c.cellsKept(t, left)+" | transpose …")
	}
}

// HasNames reports whether a transpose names all its columns.
func HasNames(t *syntax.Transpose) bool { return len(t.As) > 0 && !t.Rest }

// once defines a name that must not be defined already.
func (c *checker) once(names *columns, f *syntax.Field) {
	if names.find(f.Name) >= 0 {
		c.mistake(f.Span, "the field "+f.Name+" is named twice", "")
	}
	names.define(f.Name)
}

// others returns the columns that are not among keys.
func (c *checker) others(keys columns) []string {
	var out []string
	for _, name := range c.columns.names {
		if keys.find(name) < 0 {
			out = append(out, name)
		}
	}
	return out
}

// nameColumns is what to write where the columns must be known.
const nameColumns = "list the columns that you need: transpose … as a, b"

// cellsKept are the fields of a transpose that can be told, with one for the cells.
func (c *checker) cellsKept(t *syntax.Transpose, left []string) string {
	names := FieldNames(slices.Concat(t.Rows, t.Columns))
	for i, name := range names {
		names[i] = syntax.PrintExpr(&syntax.Field{Name: name})
	}
	cell := "…"
	if i := slices.IndexFunc(left, func(name string) bool { return name != Rest }); i >= 0 {
		cell = syntax.PrintExpr(&syntax.Field{Name: left[i]})
	}
	return strings.Join(append(names, cell), ", ")
}

// behind reports an operator that works on the rows of an aggregate and has none before it.
func (c *checker) behind(at syntax.Span, operator, hint string) {
	if c.columns.open && !c.lost {
		c.mistake(at, operator+" works on the rows of an aggregate, and there is none before it", hint)
	}
}
