package check

import "retrohunt/engine/syntax"

// RankName is the column that topk adds (S/topk).
const RankName = "_rank"

func (c *checker) topK(t *syntax.TopK) {
	c.rowCount("topk", t.N)
	for _, f := range t.Fields {
		c.field(f)
	}
	for _, f := range t.By {
		c.field(f)
	}
	c.columns.define(RankName)
}
