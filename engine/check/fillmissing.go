package check

import (
	"slices"

	"retrohunt/engine/syntax"
)

// fillMissing checks that keys are columns, each named once, with literals for values, and that others get a literal.
func (c *checker) fillMissing(f *syntax.FillMissing) {
	c.behind(f.Span, "fillmissing", c.fillBehind(f))
	var keys columns
	for _, k := range f.Keys {
		c.fillKey(k)
		field := FillField(k)
		c.field(field)
		c.once(&keys, field)
	}
	if f.TakeLast && !slices.ContainsFunc(f.Keys, func(k *syntax.FillKey) bool { return k.Timeslice }) {
		c.mistake(f.Span, "takelast takes the values of the slice before, and there are no slices", "for example: fillmissing timeslice(1h) takelast")
	}
	for _, v := range f.With {
		c.literal(v.Value)
		c.field(v.Field)
		c.once(&keys, v.Field)
	}
}

// fillBehind says where to put a fillmissing that has no aggregate before it: behind the next one, if that leaves its keys.
func (c *checker) fillBehind(f *syntax.FillMissing) string {
	for _, s := range c.following {
		a, ok := s.(*syntax.Aggregate)
		if !ok {
			continue
		}
		for _, k := range f.Keys {
			if !containsName(FieldNames(a.By), FillField(k).Name) {
				return "put it behind an aggregate by " + FillField(k).Name
			}
		}
		return "put it behind the aggregate: " + syntax.PrintStage(a) + " | " + syntax.PrintStage(f)
	}
	return "for example: timeslice 1h | count by _timeslice | fillmissing timeslice"
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

// literal checks that an expression is a text, a number, also a negative one, a truth value or null.
func (c *checker) literal(e syntax.Expr) {
	if minus, ok := e.(*syntax.Unary); ok && minus.Op == syntax.Neg {
		if _, ok := minus.X.(*syntax.Number); ok {
			return
		}
	}
	switch e.(type) {
	case *syntax.String, *syntax.Number, *syntax.Bool, *syntax.Null:
	default:
		c.mistake(e.Pos(), "fillmissing takes literals", `for example: fillmissing values("ok", "failed") in status with 0 for _count`)
	}
}
