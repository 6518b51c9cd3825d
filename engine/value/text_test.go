package value

import (
	"math"
	"strconv"
	"testing"
)

func TestText(t *testing.T) {
	cases := []struct {
		v    Value
		want string
	}{
		{Value{}, ""},
		{OfString("a b"), "a b"},
		{OfBool(true), "true"},
		{OfBool(false), "false"},
		{OfLong(math.MinInt64), "-9223372036854775808"},
		{OfDouble(5), "5"},
		{OfDouble(-5), "-5"},
		{OfDouble(0), "0"},
		{OfDouble(math.Copysign(0, -1)), "0"},
		{OfDouble(.1), "0.1"},
		{OfDouble(1.0 / 3), "0.3333333333333333"},
		{OfDouble(1e20), "100000000000000000000"},
		{OfDouble(1e21), "1e+21"},
		{OfDouble(-1e21), "-1e+21"},
		{OfDouble(1e-6), "0.000001"},
		{OfDouble(9.9e-7), "9.9e-7"},
		{OfDouble(5e-324), "5e-324"},
		{OfDouble(math.NaN()), "NaN"},
		{OfDouble(math.Inf(1)), "Infinity"},
		{OfDouble(math.Inf(-1)), "-Infinity"},
	}
	for _, c := range cases {
		if got := c.v.Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := string(c.v.AppendText([]byte("x"))); got != "x"+c.want {
			t.Errorf("appended: got %q, want %q", got, "x"+c.want)
		}
	}
}

// FuzzDoubleText: what is shown of a double is a number again, the same one.
func FuzzDoubleText(f *testing.F) {
	for _, x := range []float64{0, 1.5, 1e21, 1e-7, 123456789.125, math.MaxFloat64, math.SmallestNonzeroFloat64} {
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, x float64) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return
		}
		text := OfDouble(x).Text()
		back, err := strconv.ParseFloat(text, 64)
		if err != nil || back != x {
			t.Fatalf("%v is shown as %s, which reads as %v, %v", x, text, back, err)
		}
		if n, ok := ParseNumber(text); !ok || asDouble(n) != x {
			t.Fatalf("%v is shown as %s, which is the value %s", x, text, n.Text())
		}
	})
}

func TestAccessorsOfAnotherKind(t *testing.T) {
	if OfDouble(3).Long() != 0 || OfLong(3).Double() != 0 || OfLong(1).Bool() || OfString("true").Bool() || OfLong(3).Str() != "" {
		t.Error("a value of one kind has content of another")
	}
}

func TestEmptyAndBlank(t *testing.T) {
	cases := []struct {
		name         string
		v            Value
		empty, blank bool
	}{
		{"null", Value{}, true, true},
		{"the empty text", OfString(""), true, true},
		{"a blank", OfString(" "), false, true},
		{"controls that are white space in Java", OfString("\t\n\v\f\r\x1c\x1d\x1e\x1f"), false, true},
		{"separators", OfString("\u2003\u2028\u3000"), false, true},
		{"a no-break space", OfString("\u00a0"), false, false},
		{"other no-break spaces", OfString("\u2007\u202f"), false, false},
		{"a next-line control", OfString("\u0085"), false, false},
		{"a zero byte", OfString("\x00"), false, false},
		{"bytes that are no UTF-8", OfString("\xff"), false, false},
		{"a letter among blanks", OfString(" x "), false, false},
		{"zero", OfLong(0), false, false},
		{"false", OfBool(false), false, false},
	}
	for _, c := range cases {
		if IsEmpty(c.v) != c.empty || IsBlank(c.v) != c.blank {
			t.Errorf("%s: empty %v, blank %v", c.name, IsEmpty(c.v), IsBlank(c.v))
		}
	}
}

func TestCloneOwnsItsText(t *testing.T) {
	shared := []byte("abc")
	v := OfString(string(shared)).Clone()
	if v != OfString("abc") {
		t.Errorf("the clone is %q", v.Text())
	}
}
