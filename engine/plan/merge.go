package plan

import (
	"retrohunt/engine/agg"
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// mergers are the aggregate functions of merge's strategies, over rows in the order of time.
var mergers = map[string]string{check.TakeFirst: "first", check.TakeLast: "last", check.TakeDistinct: "distinct", check.Join: "join", "": "join"}

// merge is no operator of its own at run time: it is a sort by time and a group. The key, which all rows have, is there because a
// group without one has a row also where there are none.
func (b *builder) merge(s *syntax.Merge) {
	b.op(&Sort{[]SortKey{{X: b.field(check.MessageTime), Asc: true}}})
	b.mergeBy([]Column{{X: &Const{value.OfBool(true)}}}, s)
	b.columns = b.columns[1:]
}

func (b *builder) mergeBy(keys []Column, s *syntax.Merge) {
	g := &Group{Keys: keys}
	for _, f := range check.MergeFields(s) {
		function := agg.Func{Name: mergers[f.Strategy]}
		if function.Name == "join" {
			function.Separator = check.MergeSeparator(f)
		}
		g.Funcs = append(g.Funcs, Func{function, check.MergeName(f), b.field(f.Field.Name)})
	}
	b.group(g)
}
