package value

import (
	"math"
	"math/big"
	"testing"
)

func TestArith(t *testing.T) {
	cases := []struct {
		name string
		op   ArithOp
		a, b Value
		want Value
	}{
		{"longs stay longs", Add, OfLong(2), OfLong(3), OfLong(5)},
		{"texts are cast", Mul, OfString("2"), OfString(" 3 "), OfLong(6)},
		{"a double makes a double", Add, OfLong(1), OfDouble(.5), OfDouble(1.5)},
		{"a text with a point is a double", Sub, OfString("1.0"), OfLong(1), OfDouble(0)},
		{"a quotient is real", Div, OfLong(7), OfLong(2), OfDouble(3.5)},
		{"a whole quotient is a double too", Div, OfLong(6), OfLong(2), OfDouble(3)},
		{"a remainder has the sign of the dividend", Mod, OfLong(-7), OfLong(3), OfLong(-1)},
		{"of doubles too", Mod, OfDouble(-7.5), OfLong(2), OfDouble(-1.5)},
		{"a quotient by zero", Div, OfLong(5), OfLong(0), OfDouble(math.Inf(1))},
		{"a negative quotient by zero", Div, OfLong(-5), OfLong(0), OfDouble(math.Inf(-1))},
		{"zero by zero", Div, OfLong(0), OfLong(0), OfDouble(math.NaN())},
		{"a remainder by zero", Mod, OfLong(1), OfLong(0), Value{}},
		{"a quotient by a double zero", Div, OfDouble(1), OfDouble(0), OfDouble(math.Inf(1))},
		{"a remainder by a double zero", Mod, OfDouble(1), OfDouble(0), Value{}},
		{"null", Add, Value{}, OfLong(1), Value{}},
		{"a text that is no number", Add, OfLong(1), OfString("x"), Value{}},
		{"a boolean", Add, OfLong(1), OfBool(true), Value{}},
		{"a sum beyond 64 bits", Add, OfLong(math.MaxInt64), OfLong(1), OfDouble(1 << 63)},
		{"a difference beyond 64 bits", Sub, OfLong(math.MinInt64), OfLong(1), OfDouble(-1 << 63)},
		{"a product beyond 64 bits", Mul, OfLong(math.MinInt64), OfLong(-1), OfDouble(1 << 63)},
		{"the same, turned round", Mul, OfLong(-1), OfLong(math.MinInt64), OfDouble(1 << 63)},
		{"the least long, remainder by -1", Mod, OfLong(math.MinInt64), OfLong(-1), OfLong(0)},
		{"zero and a negative number", Mul, OfDouble(0), OfLong(-1), OfDouble(0)},
		{"infinities", Sub, OfDouble(math.Inf(1)), OfDouble(math.Inf(1)), OfDouble(math.NaN())},
	}
	for _, c := range cases {
		if got := Arith(c.op, c.a, c.b); got != c.want {
			t.Errorf("%s: %s %s %s is %v %s, want %v %s", c.name, c.a.Text(), c.op, c.b.Text(), got.Kind(), got.Text(), c.want.Kind(), c.want.Text())
		}
	}
}

func TestNegate(t *testing.T) {
	cases := []struct{ v, want Value }{
		{OfLong(7), OfLong(-7)},
		{OfString("-1.5"), OfDouble(1.5)},
		{OfDouble(0), OfDouble(0)},
		{OfLong(math.MinInt64), OfDouble(1 << 63)},
		{OfString("x"), Value{}},
		{Value{}, Value{}},
	}
	for _, c := range cases {
		if got := Negate(c.v); got != c.want {
			t.Errorf("-(%s) is %v %s", c.v.Text(), got.Kind(), got.Text())
		}
	}
}

// FuzzArithLongs holds longs to math/big: the exact result if it is a long, else the double of the doubles.
func FuzzArithLongs(f *testing.F) {
	edges := []int64{0, 1, -1, math.MaxInt64, math.MinInt64, 1 << 32, 3037000500}
	for _, a := range edges {
		for _, b := range edges {
			f.Add(a, b)
		}
	}
	f.Fuzz(func(t *testing.T, a, b int64) {
		x, y := big.NewInt(a), big.NewInt(b)
		exact := map[ArithOp]*big.Int{Add: new(big.Int).Add(x, y), Sub: new(big.Int).Sub(x, y), Mul: new(big.Int).Mul(x, y)}
		doubles := map[ArithOp]float64{
			Add: float64(a) + float64(b), Sub: float64(a) - float64(b), Mul: float64(a) * float64(b),
		}
		if b != 0 {
			exact[Mod] = new(big.Int).Rem(x, y)
		}
		for op, n := range exact {
			want := OfDouble(doubles[op])
			if n.IsInt64() {
				want = OfLong(n.Int64())
			}
			if got := Arith(op, OfLong(a), OfLong(b)); got != want {
				t.Errorf("%d %s %d is %v %s, want %v %s", a, op, b, got.Kind(), got.Text(), want.Kind(), want.Text())
			}
		}
	})
}
