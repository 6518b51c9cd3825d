package exec

import "retrohunt/engine/plan"

func (c *compiler) where(op *plan.Where) step {
	holds := c.condition(op.Cond)
	return func(f *frame) bool { return holds(f) && !f.dropped }
}
