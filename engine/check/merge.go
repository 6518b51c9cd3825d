package check

import (
	"strings"

	"retrohunt/engine/syntax"
)

// How merge makes one value of several; without a strategy it joins them with line ends.
const (
	TakeFirst    = "takefirst"
	TakeLast     = "takelast"
	TakeDistinct = "takedistinct"
	Join         = "join"
)

// MergeFields returns the fields of a merge with their strategies: without any _raw, and the earliest time.
func MergeFields(m *syntax.Merge) []*syntax.MergeField {
	if len(m.Fields) == 0 {
		at, raw := &syntax.Field{Span: m.Span, Name: MessageTime}, &syntax.Field{Span: m.Span, Name: Raw}
		return []*syntax.MergeField{{Span: m.Span, Field: at, Strategy: TakeFirst}, {Span: m.Span, Field: raw}}
	}
	return m.Fields
}

// MergeName returns the name of the column that a field of a merge makes.
func MergeName(f *syntax.MergeField) string {
	if f.As != nil {
		return f.As.Name
	}
	return f.Field.Name
}

// MergeSeparator returns what stands between the values of a field that a merge joins.
func MergeSeparator(f *syntax.MergeField) string {
	if f.Separator != nil {
		return f.Separator.Value
	}
	return "\n"
}

func (c *checker) merge(m *syntax.Merge) {
	c.ahead(m.Span, "merge")
	c.merged(m, nil)
}

// merged checks the fields of a merge. Behind it there are their columns, and those by which rows were merged.
func (c *checker) merged(m *syntax.Merge, by []string) {
	var after columns
	for _, name := range by {
		after.define(name)
	}
	for _, f := range MergeFields(m) {
		c.field(f.Field)
		if strings.EqualFold(f.Field.Name, MessageTime) && f.Strategy != TakeFirst && f.Strategy != TakeLast {
			c.mistake(f.Span, "merge takes only the first or the last "+MessageTime, "for example: merge "+MessageTime+" takeFirst")
		}
		name := MergeName(f)
		if after.find(name) >= 0 {
			c.mistake(f.Span, "there is a column "+name+" already", "give this one another name: … as name")
		}
		after.define(c.columns.spelling(name))
	}
	c.columns, c.lost, c.unkeyed = after, false, "merge"
}
