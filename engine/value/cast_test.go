package value

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
)

func TestParseNumber(t *testing.T) {
	inf := math.Inf(1)
	cases := []struct {
		text string
		want Value // null: not a number
	}{
		{"0", OfLong(0)},
		{"-0", OfLong(0)},
		{"+7", OfLong(7)},
		{"007", OfLong(7)},
		{" 7\t\n", OfLong(7)},
		{"\x007\x1f", OfLong(7)},
		{"9223372036854775807", OfLong(math.MaxInt64)},
		{"-9223372036854775808", OfLong(math.MinInt64)},
		{"9223372036854775808", OfDouble(1 << 63)},
		{"1.0", OfDouble(1)},
		{"1.", OfDouble(1)},
		{".5", OfDouble(.5)},
		{"-1.5e3", OfDouble(-1500)},
		{"1E+3", OfDouble(1000)},
		{"1e-400", OfDouble(0)},
		{"1e999", OfDouble(inf)},
		{"-1e999", OfDouble(-inf)},
		{"", Value{}},
		{" ", Value{}},
		{".", Value{}},
		{"+", Value{}},
		{"1e", Value{}},
		{"1e+", Value{}},
		{"1 2", Value{}},
		{"1,000", Value{}},
		{"1_000", Value{}},
		{"0x10", Value{}},
		{"0x1p4", Value{}},
		{"123L", Value{}},
		{"1.5f", Value{}},
		{"NaN", Value{}},
		{"Infinity", Value{}},
		{"inf", Value{}},
		{"true", Value{}},
		{"\u00a07", Value{}},
		{"٣", Value{}},
	}
	for _, c := range cases {
		got, ok := ParseNumber(c.text)
		if got != c.want || ok == c.want.IsNull() {
			t.Errorf("%q is %v %s, %v, want %v %s", c.text, got.Kind(), got.Text(), ok, c.want.Kind(), c.want.Text())
		}
	}
}

func TestToNumber(t *testing.T) {
	cases := []struct {
		name string
		v    Value
		want Value // null: does not cast
	}{
		{"a long is itself", OfLong(7), OfLong(7)},
		{"a double is itself", OfDouble(.5), OfDouble(.5)},
		{"a text is parsed", OfString("7"), OfLong(7)},
		{"another text is no number", OfString("seven"), Value{}},
		{"null is no number", Value{}, Value{}},
		{"a boolean is no number", OfBool(true), Value{}},
	}
	for _, c := range cases {
		if got, ok := ToNumber(c.v); got != c.want || ok == c.want.IsNull() {
			t.Errorf("%s: got %s, %v", c.name, got.Text(), ok)
		}
	}
}

func TestTruth(t *testing.T) {
	cases := []struct {
		v    Value
		want bool
	}{
		{OfBool(true), true},
		{OfString("true"), true},
		{OfString("TRUE"), true},
		{OfString("tRuE"), true},
		{OfBool(false), false},
		{OfString("false"), false},
		{OfString(" true"), false},
		{OfString("yes"), false},
		{OfString("1"), false},
		{OfString("\x54\x52\x55\x65"), true},
		{OfString("\x14rue"), false},
		{OfString(""), false},
		{OfLong(1), false},
		{OfDouble(1), false},
		{Value{}, false},
	}
	for _, c := range cases {
		if Truth(c.v) != c.want {
			t.Errorf("%v %q holds: %v", c.v.Kind(), c.v.Text(), !c.want)
		}
	}
}

// FuzzParseNumber holds the syntax to strconv's and to big's, minus what only they take.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1", "-1.5e3", " 7 ", "1e999", "0x10", "1_0", "9223372036854775808", ".", "1.e5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := ParseNumber(s)
		trimmed := strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
		want, err := strconv.ParseFloat(trimmed, 64)
		taken := (err == nil || math.IsInf(want, 0)) && !strings.ContainsAny(trimmed, "xXpP_nNiI")
		if ok != taken {
			t.Fatalf("%q is a number: %v, by strconv %v", s, ok, err)
		}
		if !ok {
			return
		}
		if got.Kind() == Long {
			if n, _ := new(big.Int).SetString(strings.TrimPrefix(trimmed, "+"), 10); n.Int64() != got.Long() || !n.IsInt64() {
				t.Fatalf("%q is the long %d", s, got.Long())
			}
			return
		}
		if got != OfDouble(want) {
			t.Fatalf("%q is %s, want %s", s, got.Text(), OfDouble(want).Text())
		}
	})
}
