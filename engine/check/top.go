package check

import (
	"retrohunt/engine/syntax"
)

func (c *checker) top(t *syntax.Top) {
	c.rowCount("top", t.N)
	if len(t.By) == 0 {
		c.aggregate(TopCount(t))
		return
	}
	for _, f := range t.Fields {
		c.field(f)
	}
	for _, key := range t.By {
		c.field(key.Field)
	}
}

// TopCount is the count that a top without by makes.
func TopCount(t *syntax.Top) *syntax.Aggregate {
	count := &syntax.AggCall{Span: t.Span, Name: "count", NameSpan: t.Span}
	return &syntax.Aggregate{Span: t.Span, Funcs: []*syntax.AggCall{count}, By: t.Fields}
}

// TopKeys are what a top orders by: without by, the count.
func TopKeys(t *syntax.Top) []syntax.SortKey {
	if len(t.By) > 0 {
		return t.By
	}
	return []syntax.SortKey{{Field: &syntax.Field{Name: "_count"}}}
}
