package check

import "retrohunt/engine/syntax"

// fillMissing checks that keys are columns, each named once, with literals for values, and that others get a literal.
func (c *checker) fillMissing(f *syntax.FillMissing) {
	c.behind(f.Span, "fillmissing")
	var keys columns
	for _, k := range f.Keys {
		c.fillKey(k)
		field := FillField(k)
		c.field(field)
		c.once(&keys, field)
	}
	for _, v := range f.With {
		c.literal(v.Value)
		c.field(v.Field)
		c.once(&keys, v.Field)
	}
}

func (c *checker) fillKey(k *syntax.FillKey) {
	switch {
	case k.Width != nil:
		c.duration(k.Width, sliceWidth)
	case k.Timeslice && (c.slice == nil || c.slice.Width == nil):
		c.mistake(k.Span, "no timeslice before says how wide its slices are", "for example: fillmissing timeslice(1h)")
	}
	for _, v := range k.Values {
		c.literal(v)
	}
}

// FillField returns the field that a key is about.
func FillField(k *syntax.FillKey) *syntax.Field {
	if k.Field != nil {
		return k.Field
	}
	return &syntax.Field{Span: k.Span, Name: "_timeslice"}
}

// literal checks that an expression is a text, a number, a truth value or null.
func (c *checker) literal(e syntax.Expr) {
	switch e.(type) {
	case *syntax.String, *syntax.Number, *syntax.Bool, *syntax.Null:
	default:
		c.mistake(e.Pos(), "fillmissing takes literals", `for example: fillmissing values("ok", "failed") in status with 0 for _count`)
	}
}
