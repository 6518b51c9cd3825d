package function

import "retrohunt/engine/value"

// WithTime makes the text of a value and of a time that the stage withtime gives a field; null of null. It is no function of
// expressions.
func WithTime(c *Context, args []value.Value) (value.Value, error) {
	if args[0].IsNull() {
		return value.Value{}, nil
	}
	return c.made(value.AppendTimed(c.start(), args[1], args[0])), nil
}
