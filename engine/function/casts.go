package function

import (
	"math"

	"retrohunt/engine/value"
)

var casts = []Function{
	{Name: "double", Call: toDouble},
	{Name: "int", Call: toLong},
	{Name: "long", Call: toLong},
	{Name: "num", Call: toDouble},
	{Name: "number", Call: toDouble},
	{Name: "todouble", Call: toDouble},
	{Name: "toint", Call: toLong},
	{Name: "tolong", Call: toLong},
	{Name: "tonumber", Call: toDouble},
	{Name: "tostring", Call: toString},
}

// toDouble: "a double value (64-bit IEEE 754)" (S/num); null if it does not cast.
func toDouble(_ *Context, args []value.Value) (value.Value, error) {
	f, ok := double(args[0])
	if !ok {
		return value.Value{}, nil
	}
	return value.OfDouble(f), nil
}

// toLong cuts the fraction off; null if the argument does not cast.
func toLong(_ *Context, args []value.Value) (value.Value, error) { return longOrNull(args[0]), nil }

func toString(c *Context, args []value.Value) (value.Value, error) {
	if args[0].IsNull() {
		return value.Value{}, nil
	}
	return value.OfString(c.text(args[0])), nil
}

func longOrNull(v value.Value) value.Value {
	n, ok := long(v)
	if !ok {
		return value.Value{}
	}
	return value.OfLong(n)
}

// double casts to a number's size.
func double(v value.Value) (float64, bool) {
	n, ok := value.ToNumber(v)
	if n.Kind() == value.Long {
		return float64(n.Long()), ok
	}
	return n.Double(), ok
}

// long casts to a whole number towards zero. Beyond 64 bits it is the nearest long, as in Java; NaN does not cast.
func long(v value.Value) (int64, bool) {
	n, ok := value.ToNumber(v)
	f := n.Double()
	switch {
	case n.Kind() == value.Long:
		return n.Long(), ok
	case !ok || math.IsNaN(f):
		return 0, false
	case f >= 1<<63:
		return math.MaxInt64, true
	case f < -1<<63:
		return math.MinInt64, true
	}
	return int64(f), true
}
