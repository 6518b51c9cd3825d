package exec

import (
	"strings"

	"retrohunt/engine/plan"
)

// maxCategories is of how many source categories a worker keeps whether they are in the scope; an event may name its own.
const maxCategories = 256

// scope compiles a plan's scope. One that asks for nothing but the source category is decided once for each.
func (c *compiler) scope(p *plan.Plan) condition {
	holds := c.condition(p.Scope)
	category := c.onlyCategory(p.Scope)
	if category < 0 {
		return holds
	}
	known := map[string]bool{}
	return func(f *frame) bool {
		text := f.record.Fields[category]
		if text == nil {
			return holds(f)
		}
		in, ok := known[string(text)]
		if !ok {
			if in = holds(f); len(known) < maxCategories {
				known[string(text)] = in
			}
		}
		return in
	}
}

// onlyCategory returns the slot in the record of the source category if patterns for it are all that an expression asks for,
// below 0 if not.
func (c *compiler) onlyCategory(e plan.Expr) int {
	switch e := e.(type) {
	case *plan.And, *plan.Or, *plan.Not:
		terms := plan.Operands(e)
		slot := c.onlyCategory(terms[0])
		for _, term := range terms[1:] {
			if c.onlyCategory(term) != slot {
				return -1
			}
		}
		return slot
	case *plan.FoldGlob:
		if input, ok := e.X.(*plan.Input); ok && strings.EqualFold(input.Name, "_sourcecategory") {
			return c.inputs[input.Index]
		}
	}
	return -1
}
