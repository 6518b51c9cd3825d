package check

import (
	"strings"

	"retrohunt/engine/syntax"
)

func (c *checker) top(t *syntax.Top) {
	c.rowCount("top", t.N)
	if len(t.By) == 0 || c.byCount(t) {
		c.counted[t] = true
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

// byCount reports whether a top of messages says by count, which is the aggregate (S/top), unless a stage has made a field of that
// name.
func (c *checker) byCount(t *syntax.Top) bool {
	return c.columns.open && len(t.By) == 1 && strings.EqualFold(t.By[0].Field.Name, "count") && c.columns.find("count") < 0
}

// TopCount is the count that a top of Info.Counted makes.
func TopCount(t *syntax.Top) *syntax.Aggregate {
	count := &syntax.AggCall{Span: t.Span, Name: "count", NameSpan: t.Span}
	return &syntax.Aggregate{Span: t.Span, Funcs: []*syntax.AggCall{count}, By: t.Fields}
}

// TopKeys are what a top of Info.Counted orders its groups by: the count, descending unless the query says otherwise.
func TopKeys(t *syntax.Top) []syntax.SortKey {
	key := syntax.SortKey{Field: &syntax.Field{Name: "_count"}}
	if len(t.By) > 0 {
		key.Asc = t.By[0].Asc
	}
	return []syntax.SortKey{key}
}
