package function

import (
	"errors"
	"math"
	"strings"

	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

var numbers = []Function{
	{Name: "abs", Call: abs},
	{Name: "ceil", Call: whole(math.Ceil)},
	{Name: "floor", Call: whole(math.Floor)},
	{Name: "isinfinity", Call: isInfinity, Drops: true},
	{Name: "isnan", Call: isNaN, Drops: true},
	{Name: "isnumeric", Call: isNumeric},
	{Name: "max", Call: extreme(1)},
	{Name: "min", Call: extreme(-1)},
	{Name: "round", Call: round},
}

func abs(_ *Context, args []value.Value) (value.Value, error) {
	n, _ := value.ToNumber(args[0])
	if n.Long() < 0 || n.Double() < 0 {
		return value.Negate(n), nil
	}
	return n, nil // null if the argument does not cast
}

// whole makes a function that rounds doubles and leaves longs as they are.
func whole(f func(float64) float64) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		n, _ := value.ToNumber(args[0])
		if n.Kind() == value.Double {
			return value.OfDouble(f(n.Double())), nil
		}
		return n, nil
	}
}

// extreme is Java's Math.max with sign 1, Math.min with -1: NaN wins; a long and a double are compared as doubles. Null if
// an argument does not cast.
func extreme(sign int) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		a, okA := value.ToNumber(args[0])
		b, okB := value.ToNumber(args[1])
		switch {
		case !okA || !okB:
			return value.Value{}, nil
		case math.IsNaN(a.Double()):
			return a, nil
		case math.IsNaN(b.Double()):
			return b, nil
		case value.Compare(a, b)*sign >= 0:
			return a, nil
		}
		return b, nil
	}
}

// mostPlaces is beyond the digits of any double, on either side of the point.
const mostPlaces = 400

// round rounds to so many decimals, none without a second argument; a half goes up, as in Java's Math.round. Null if an
// argument does not cast.
func round(c *Context, args []value.Value) (value.Value, error) {
	n, ok := value.ToNumber(args[0])
	places := int64(0)
	if len(args) == 2 {
		var isNumber bool
		places, isNumber = long(args[1])
		ok = ok && isNumber
	}
	switch {
	case !ok:
		return value.Value{}, nil
	case n.Kind() == value.Long && places >= 0, math.IsNaN(n.Double()), math.IsInf(n.Double(), 0):
		return n, nil
	}
	decimals := int(min(max(places, -mostPlaces), mostPlaces))
	d := decimalOf(n)
	d.round(decimals, !d.negative)
	out := c.start()
	if d.negative {
		out = append(out, '-')
	}
	// What is left has no more decimals than digits; zeros behind them change nothing.
	out = d.appendFixed(out, min(max(decimals, 0), max(d.n-d.point, 0)), false)
	rounded, _ := value.ParseNumber(view.String(out))
	return rounded, nil
}

var errNoNumber = errors.New("null, empty and blank texts are neither numbers nor none")

// isNaN reports whether a text is not a number; null, empty and blank texts "will not return a result"
// (math-expressions/isnan-isinfinity).
func isNaN(c *Context, args []value.Value) (value.Value, error) {
	if value.IsBlank(args[0]) {
		return value.Value{}, errNoNumber
	}
	f, ok := javaDouble(args[0])
	return value.OfBool(!ok || math.IsNaN(f)), nil
}

func isInfinity(c *Context, args []value.Value) (value.Value, error) {
	if value.IsBlank(args[0]) {
		return value.Value{}, errNoNumber
	}
	f, ok := javaDouble(args[0])
	return value.OfBool(ok && math.IsInf(f, 0)), nil
}

// javaDouble casts as Java's parseDouble does, which knows names for what is no finite number.
func javaDouble(v value.Value) (float64, bool) {
	s := strings.TrimSpace(v.Str())
	sign := 1
	if unsigned, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = unsigned, -1
	}
	switch s {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(sign), true
	}
	return double(v)
}

// isNumeric reports whether a text is a number of Java's language: decimal, hexadecimal after 0x, octal after 0, with a
// type behind it (S/isnumeric). No blanks, no infinities.
func isNumeric(c *Context, args []value.Value) (value.Value, error) {
	return value.OfBool(isJavaNumber(c.text(args[0]))), nil
}

func isJavaNumber(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	if len(s) > 1 && s[0] == '0' && !strings.Contains(s, ".") {
		switch {
		case s[1]|0x20 == 'x':
			return len(s) > 2 && strings.Trim(s[2:], "0123456789abcdefABCDEF") == ""
		case s[1]-'0' <= 9:
			return strings.Trim(s, "01234567") == ""
		}
	}
	before, s := cutDigits(s)
	behind, point := 0, false
	if after, ok := strings.CutPrefix(s, "."); ok {
		point = true
		behind, s = cutDigits(after)
	}
	if before+behind == 0 {
		return false
	}
	exponent := s != "" && s[0]|0x20 == 'e'
	if exponent {
		s = s[1:]
		if s != "" && (s[0] == '-' || s[0] == '+') {
			s = s[1:]
		}
		n := 0
		if n, s = cutDigits(s); n == 0 {
			return false
		}
	}
	switch s {
	case "", "d", "D", "f", "F":
		return true
	case "l", "L":
		return !point && !exponent
	}
	return false
}

func cutDigits(s string) (n int, rest string) {
	rest = strings.TrimLeft(s, "0123456789")
	return len(s) - len(rest), rest
}
