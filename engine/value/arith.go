package value

import (
	"math"
	"strconv"
)

// ArithOp is one of Sumo's arithmetic operators.
type ArithOp uint8

// The arithmetic operators.
const (
	Add ArithOp = iota
	Sub
	Mul
	Div
	Mod
)

var arithOps = [...]string{"+", "-", "*", "/", "%"}

func (op ArithOp) String() string { return arithOps[op] }

// Arith computes a op b. Both sides are cast to numbers; if one does not cast the result is null. Longs stay longs under
// + - * % unless they overflow, then the result is a double; / is always real division, by zero too: 5/0 is Infinity, as
// in the documentation's example of isInfinity. A remainder by zero is null.
func Arith(op ArithOp, a, b Value) Value {
	x, okA := ToNumber(a)
	y, okB := ToNumber(b)
	if !okA || !okB {
		return Value{}
	}
	if x.kind == Long && y.kind == Long && op != Div {
		if v, ok := arithLongs(op, x.Long(), y.Long()); ok {
			return v
		}
	}
	return arithDoubles(op, asDouble(x), asDouble(y))
}

// arithLongs reports false where the exact result is not a long.
func arithLongs(op ArithOp, a, b int64) (Value, bool) {
	switch op {
	case Add:
		sum := a + b
		return OfLong(sum), (sum > a) == (b > 0)
	case Sub:
		diff := a - b
		return OfLong(diff), (diff < a) == (b > 0)
	case Mul:
		if a == 0 || b == 0 {
			return OfLong(0), true
		}
		product := a * b
		overflow := product/b != a || a == -1 && b == math.MinInt64 || b == -1 && a == math.MinInt64
		return OfLong(product), !overflow
	}
	if b == 0 {
		return Value{}, true
	}
	if b == -1 { // MinInt64 % -1 faults on some machines
		return OfLong(0), true
	}
	return OfLong(a % b), true
}

func arithDoubles(op ArithOp, a, b float64) Value {
	switch op {
	case Add:
		return OfDouble(a + b)
	case Sub:
		return OfDouble(a - b)
	case Mul:
		return OfDouble(a * b)
	}
	if op == Div {
		return OfDouble(a / b)
	}
	if b == 0 {
		return Value{}
	}
	return OfDouble(math.Mod(a, b))
}

// Negate is unary minus; null if v does not cast to a number.
func Negate(v Value) Value { return Arith(Sub, OfLong(0), v) }

// asDouble returns the size of a number.
func asDouble(v Value) float64 {
	if v.kind == Long {
		return float64(v.Long())
	}
	return v.Double()
}

// AppendDouble appends f as rows show it: the shortest digits that read back as f, whole numbers without a point, an
// exponent, without zeros before it, only below 1e-6 and from 1e21. Java's NaN, Infinity and -Infinity keep their names.
func AppendDouble(dst []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	case f == 0:
		return append(dst, '0') // also for -0
	case math.Abs(f) < 1e21 && math.Abs(f) >= 1e-6:
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	if n := len(dst); dst[n-2] == '0' && dst[n-3] == '-' { // 1e-07
		dst = append(dst[:n-2], dst[n-1])
	}
	return dst
}
