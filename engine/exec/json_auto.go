package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// extract runs json auto over a text of the row. A text without JSON leaves all its fields null; json auto never drops a
// row. The fields are copied: a row behind an aggregate outlives the extractor's memory.
func (c *compiler) extract(op *plan.Extract) step {
	var projection normalize.Projection
	from := make([]int, len(op.Fields))
	for i, f := range op.Fields {
		from[i] = projection.Add(f)
	}
	extractor := normalize.NewExtractor(&projection)
	found := make([][]byte, projection.Len())
	text := c.text(op.From)
	return func(f *frame) bool {
		clear(found)
		if s, ok := text(f); ok && extractor.Extract([]byte(s), found) != nil {
			clear(found)
		}
		for i, slot := range op.Slots {
			f.slots[slot] = value.Value{}
			if b := found[from[i]]; b != nil {
				f.slots[slot] = value.OfString(string(b))
			}
		}
		return true
	}
}
