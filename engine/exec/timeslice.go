package exec

import (
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

func (c *compiler) slice(e *plan.Slice) evaluator {
	x := c.value(e.X)
	return func(f *frame) value.Value {
		n, ok := value.ToNumber(x(f))
		if !ok || n.Kind() != value.Long {
			return value.Value{}
		}
		return value.OfLong(function.SliceStart(n.Long(), e.Width, c.context.Zone))
	}
}
