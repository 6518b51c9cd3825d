package exec

import "retrohunt/engine/plan"

func (c *compiler) set(op *plan.Set) step {
	x := c.value(op.X)
	return func(f *frame) bool {
		f.slots[op.Slot] = x(f)
		return !f.dropped
	}
}
