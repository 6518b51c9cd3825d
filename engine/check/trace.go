package check

import "retrohunt/engine/syntax"

func (c *checker) trace(t *syntax.Trace) {
	c.regex(t.Regex)
	if !c.columns.open && !c.lost {
		c.mistake(t.Span, "trace looks into _raw, which is gone after the aggregate", `for example: trace "id=(\w+)" "7f92" | count by user`)
	}
}
