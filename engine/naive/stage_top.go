package naive

import (
	"strings"

	"retrohunt/engine/syntax"
)

func (p *pipeline) top(s *syntax.Top) {
	keys := s.By
	if p.counts(s) {
		asc := len(keys) > 0 && keys[0].Asc
		count := &syntax.AggCall{Name: "count"}
		p.aggregate(&syntax.Aggregate{Funcs: []*syntax.AggCall{count}, By: s.Fields})
		keys = []syntax.SortKey{{Field: &syntax.Field{Name: "_count"}, Asc: asc}}
	}
	p.sort(&syntax.Sort{Keys: keys})
	p.limit(&syntax.Limit{N: s.N})
}

// counts reports whether a top counts by its fields: without by, and of messages with by count, which no stage has made.
func (p *pipeline) counts(s *syntax.Top) bool {
	if len(s.By) == 0 {
		return true
	}
	return !p.aggregated && len(s.By) == 1 && strings.EqualFold(s.By[0].Field.Name, "count") && !hasName(p.columns, "count")
}
