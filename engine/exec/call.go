package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// call computes a function. Where it drops the row, the row's first complaint is counted and the value is null; the step
// that asked for it sees the frame's mark.
func (c *compiler) call(e *plan.Call) evaluator {
	args := make([]evaluator, len(e.Args))
	for i, x := range e.Args {
		args[i] = c.value(x)
	}
	values := make([]value.Value, len(args)) // scratch
	return func(f *frame) value.Value {
		for i, arg := range args {
			values[i] = arg(f)
		}
		v, err := e.Run(c.context, values)
		if err == nil {
			return v
		}
		if !f.dropped {
			f.dropped = true
			c.drops.Add(e.Name, err)
		}
		return value.Value{}
	}
}
