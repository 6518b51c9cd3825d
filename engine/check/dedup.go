package check

import "retrohunt/engine/syntax"

func (c *checker) dedup(d *syntax.Dedup) {
	if d.N != nil {
		c.rowCount("dedup", d.N)
	}
	if len(d.By) == 0 && !c.columns.open && !c.lost {
		c.mistake(d.Span, "dedup without fields compares _raw, which is gone after the aggregate", "for example: dedup 1 by user")
	}
	for _, f := range d.By {
		c.field(f)
	}
}

// DedupFields returns what tells rows apart: without fields the text of the message.
func DedupFields(d *syntax.Dedup) []*syntax.Field {
	if len(d.By) == 0 {
		return []*syntax.Field{{Span: d.Span, Name: "_raw"}}
	}
	return d.By
}

// DedupRows returns how many rows of a value a dedup keeps.
func DedupRows(d *syntax.Dedup) int {
	if d.N == nil {
		return 1
	}
	return int(d.N.Int)
}
