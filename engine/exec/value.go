package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// evaluator computes an expression's value for a frame.
type evaluator func(*frame) value.Value

// value compiles an expression for its value. What is a condition by nature yields a boolean.
func (c *compiler) value(e plan.Expr) evaluator {
	switch e := e.(type) {
	case *plan.Input:
		return c.input(e)
	case *plan.Local:
		return func(f *frame) value.Value { return f.slots[e.Slot] }
	case *plan.EventTime:
		return c.eventTime()
	case *plan.Const:
		return func(*frame) value.Value { return e.Value }
	case *plan.Coalesce:
		return c.coalesce(e)
	case *plan.If:
		return c.choose(e)
	case *plan.Arith:
		x, y := c.value(e.X), c.value(e.Y)
		return func(f *frame) value.Value { return value.Arith(e.Op, x(f), y(f)) }
	case *plan.Negate:
		x := c.value(e.X)
		return func(f *frame) value.Value { return value.Negate(x(f)) }
	case *plan.Slice:
		return c.slice(e)
	case *plan.Call:
		return c.call(e)
	}
	holds := c.condition(e)
	return func(f *frame) value.Value { return value.OfBool(holds(f)) }
}

// input reads a field of the record; the value borrows the record's bytes. Of a message that was kept it is a slot.
func (c *compiler) input(e *plan.Input) evaluator {
	if c.messages != nil {
		kept := c.messages.inputs[e.Index]
		return func(f *frame) value.Value { return f.slots[kept] }
	}
	slot := c.inputs[e.Index]
	if e.Long {
		return func(f *frame) value.Value {
			n, _ := value.ParseNumber(view.String(f.record.Fields[slot]))
			return n
		}
	}
	return func(f *frame) value.Value {
		b := f.record.Fields[slot]
		if b == nil {
			return value.Value{}
		}
		return value.OfString(view.String(b))
	}
}

func (c *compiler) eventTime() evaluator {
	if c.messages == nil {
		return eventTime
	}
	return func(f *frame) value.Value { return f.slots[c.messages.time] }
}

func eventTime(f *frame) value.Value {
	ms, ok := f.record.MessageTime()
	if !ok {
		return value.Value{}
	}
	return value.OfLong(ms)
}

func (c *compiler) coalesce(e *plan.Coalesce) evaluator {
	x, y := c.value(e.X), c.value(e.Y)
	return func(f *frame) value.Value {
		if v := x(f); !v.IsNull() {
			return v
		}
		return y(f)
	}
}

func (c *compiler) choose(e *plan.If) evaluator {
	holds, then, otherwise := c.condition(e.Cond), c.value(e.Then), c.value(e.Else)
	return func(f *frame) value.Value {
		if holds(f) {
			return then(f)
		}
		return otherwise(f)
	}
}

// texter yields an expression's text, and false for null.
type texter func(*frame) (string, bool)

// text compiles an expression for its text. Fields of the record and slots, which nearly all patterns look at, are read
// without making a value of them.
func (c *compiler) text(e plan.Expr) texter {
	if in, ok := e.(*plan.Input); ok && !in.Long && c.messages == nil {
		slot := c.inputs[in.Index]
		return func(f *frame) (string, bool) {
			b := f.record.Fields[slot]
			return view.String(b), b != nil
		}
	}
	x := c.value(e)
	return func(f *frame) (string, bool) {
		v := x(f)
		return v.Text(), !v.IsNull()
	}
}
