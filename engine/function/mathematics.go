package function

import (
	"math"

	"retrohunt/engine/value"
)

// mathematics are functions of Java's Math class: doubles, and null where an argument does not cast.
var mathematics = []Function{
	{Name: "acos", Call: ofNumber(math.Acos)},
	{Name: "asin", Call: ofNumber(math.Asin)},
	{Name: "atan", Call: ofNumber(math.Atan)},
	{Name: "atan2", Call: ofNumbers(math.Atan2)},
	{Name: "cbrt", Call: ofNumber(math.Cbrt)},
	{Name: "cos", Call: ofNumber(math.Cos)},
	{Name: "cosh", Call: ofNumber(math.Cosh)},
	{Name: "exp", Call: ofNumber(math.Exp)},
	{Name: "expm1", Call: ofNumber(math.Expm1)},
	{Name: "hypot", Call: ofNumbers(math.Hypot)},
	{Name: "log", Call: ofNumber(math.Log)},
	{Name: "log10", Call: ofNumber(log10)},
	{Name: "log1p", Call: ofNumber(math.Log1p)},
	{Name: "pow", Call: ofNumbers(math.Pow)},
	{Name: "sin", Call: ofNumber(math.Sin)},
	{Name: "sinh", Call: ofNumber(math.Sinh)},
	{Name: "sqrt", Call: ofNumber(math.Sqrt)},
	{Name: "tan", Call: ofNumber(math.Tan)},
	{Name: "tanh", Call: ofNumber(math.Tanh)},
	{Name: "todegrees", Call: ofNumber(func(x float64) float64 { return x * (180 / math.Pi) })},
	{Name: "toradians", Call: ofNumber(func(x float64) float64 { return x * (math.Pi / 180) })},
}

// log10 of a power of ten is whole, as Java promises and package math does not.
func log10(x float64) float64 {
	f := math.Log10(x)
	if n := math.Round(f); math.Pow10(int(n)) == x {
		return n
	}
	return f
}

func ofNumber(f func(float64) float64) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		x, ok := double(args[0])
		if !ok {
			return value.Value{}, nil
		}
		return value.OfDouble(f(x)), nil
	}
}

func ofNumbers(f func(x, y float64) float64) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		x, okX := double(args[0])
		y, okY := double(args[1])
		if !okX || !okY {
			return value.Value{}, nil
		}
		return value.OfDouble(f(x, y)), nil
	}
}
