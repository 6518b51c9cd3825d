package check

import (
	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// filter checks the child as stages of their own, which leave no columns but must have those that are compared.
func (c *checker) filter(f *syntax.Filter) {
	c.behind(f.Span, "filter", "for example: count by user, host | filter user in (sum(_count) by user | top 5 user by _sum)")
	for _, field := range f.Fields {
		c.field(field)
	}
	if c.columns.rest() {
		c.unsupported(f.Span, "filter of columns that only the rows decide", catalog.Planned, nameColumns)
	}
	child := c.copied()
	child.child = true
	for _, s := range f.Child {
		switch inner := s.(type) {
		case *syntax.Filter:
			child.mistake(inner.Span, "a filter cannot stand in a filter", "")
		case *syntax.Join:
			child.mistake(inner.Span, "a join cannot stand in a filter", "")
		case *syntax.Save:
			child.mistake(inner.Span, "save cannot stand in a filter", "")
		default:
			child.stage(s)
		}
	}
	c.errs, c.warnings = child.errs, child.warnings
	for _, field := range f.Fields {
		if !child.lost && !child.columns.open && c.columns.find(field.Name) >= 0 && child.columns.find(field.Name) < 0 {
			c.mistake(field.Span, "the stages in the filter leave no field "+field.Name, "")
		}
	}
}
