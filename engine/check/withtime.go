package check

import "retrohunt/engine/syntax"

// WithTimeName returns the name of the field that withtime makes: status_withtime of status.
func WithTimeName(w *syntax.WithTime) string { return w.Field.Name + "_withtime" }

func (c *checker) withTime(w *syntax.WithTime) {
	c.field(w.Field)
	c.field(&syntax.Field{Span: w.Span, Name: "_messageTime"})
	c.columns.define(WithTimeName(w))
}
