package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// topK sorts the rows of each group and keeps and ranks the first N.
func (p *pipeline) topK(s *syntax.TopK) {
	var keys []syntax.SortKey
	for _, f := range s.Fields {
		keys = append(keys, syntax.SortKey{Field: f})
	}
	var kept []*row
	for _, g := range groups(s.By, p.rows) {
		best := pipeline{rows: g.rows}
		best.sort(&syntax.Sort{Keys: keys})
		best.limit(&syntax.Limit{N: s.N})
		for i, r := range best.rows {
			r.set(check.RankName, value.OfLong(int64(i+1)))
		}
		kept = append(kept, best.rows...)
	}
	p.rows = kept
	p.define(check.RankName)
}
