package value

import (
	"bytes"
	"cmp"
	"math"
	"math/big"
	"testing"
)

var allOps = []CompareOp{Eq, Ne, Lt, Le, Gt, Ge}

func TestHolds(t *testing.T) {
	null, abc := Value{}, OfString("abc")
	cases := []struct {
		name string
		a, b Value
		want string // the comparisons that hold
	}{
		{"null and null", null, null, "= <= >="},
		{"null and a number", null, OfLong(0), "!="},
		{"null and the empty text", null, OfString(""), "!="},
		{"null and a boolean", OfBool(false), null, "!="},
		{"equal texts", abc, abc, "= <= >="},
		{"texts of another case", OfString("ABC"), abc, "!= < <="},
		{"texts by code point", OfString("é"), OfString("z"), "!= > >="},
		{"texts that are numbers are texts", OfString("10"), OfString("9"), "!= < <="},
		{"0 and 0.0 as texts", OfString("0"), OfString("0.0"), "!= < <="},
		{"a text that is a number, and a number", OfString("10"), OfLong(9), "!= > >="},
		{"0.0 and 0", OfString("0.0"), OfLong(0), "= <= >="},
		{"a text that is no number, and a number", abc, OfLong(0), "!="},
		{"turned round", OfLong(0), abc, "!="},
		{"the empty text and 0", OfString(""), OfLong(0), "!="},
		{"a long and a double", OfLong(1), OfDouble(1), "= <= >="},
		{"longs that are one double", OfLong(1<<53 + 1), OfDouble(1 << 53), "!= > >="},
		{"a boolean and its text", OfBool(true), OfString("true"), "= <= >="},
		{"a boolean and its text in capitals", OfBool(true), OfString("TRUE"), "!= > >="},
		{"a boolean and a number", OfBool(true), OfLong(1), "!="},
		{"NaN and NaN", OfDouble(math.NaN()), OfDouble(math.NaN()), "!="},
		{"NaN and a number", OfDouble(math.NaN()), OfLong(1), "!="},
		{"infinity", OfDouble(math.Inf(1)), OfLong(math.MaxInt64), "!= > >="},
	}
	for _, c := range cases {
		got := ""
		for _, op := range allOps {
			if Holds(op, c.a, c.b) {
				got += " " + op.String()
			}
		}
		if got != " "+c.want {
			t.Errorf("%s: holds%s, want %s", c.name, got, c.want)
		}
	}
}

func TestATextLiteralThatIsNoNumber(t *testing.T) {
	cases := []struct {
		name string
		op   CompareOp
		v    Value
		text string
		want bool
	}{
		{"a number compares by its text", Lt, OfLong(10), "abc", true},
		{"and is unequal", Ne, OfDouble(.5), "abc", true},
		{"a text", Eq, OfString("abc"), "abc", true},
		{"a boolean", Eq, OfBool(true), "true", true},
		{"null is unequal", Ne, Value{}, "abc", true},
		{"null is not less", Lt, Value{}, "abc", false},
		{"null is not equal to the empty text", Eq, Value{}, "", false},
	}
	for _, c := range cases {
		if HoldsText(c.op, c.v, c.text) != c.want {
			t.Errorf("%s: %v", c.name, !c.want)
		}
	}
}

func TestIn(t *testing.T) {
	list := []Value{OfString("10"), OfLong(7), OfBool(true), {}, OfDouble(math.NaN()), OfDouble(.5)}
	cases := []struct {
		name string
		v    Value
		want bool
	}{
		{"a text of the list", OfString("10"), true},
		{"a number is not its text", OfLong(10), false},
		{"a text is not its number", OfString("7"), false},
		{"a number of the list", OfLong(7), true},
		{"a double of the same size", OfDouble(7), true},
		{"a boolean", OfBool(true), true},
		{"its text is none", OfString("true"), false},
		{"null is in no list", Value{}, false},
		{"NaN neither", OfDouble(math.NaN()), false},
		{"another number", OfDouble(.25), false},
	}
	for _, c := range cases {
		if In(c.v, list) != c.want {
			t.Errorf("%s: %v", c.name, !c.want)
		}
	}
	if In(OfLong(1), nil) {
		t.Error("something is in an empty list")
	}
}

func TestCompareOrdersKindsAndSizes(t *testing.T) {
	ascending := []Value{
		OfDouble(math.Inf(-1)), OfLong(math.MinInt64), OfDouble(-1.5), OfLong(-1), OfDouble(0), OfLong(1), OfDouble(1.5),
		OfDouble(1 << 53), OfLong(1<<53 + 1), OfLong(math.MaxInt64), OfDouble(1 << 63), OfDouble(math.Inf(1)), OfDouble(math.NaN()),
		OfString(""), OfString("A"), OfString("a"), OfString("é"), OfBool(false), OfBool(true),
		{},
	}
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := Compare(a, b), sign(i-j); sign(got) != want {
				t.Errorf("%v %s to %v %s is %d, want %d", a.Kind(), a.Text(), b.Kind(), b.Text(), got, want)
			}
			if got, want := cmp.Compare(Prefix(a), Prefix(b)), sign(i-j); got*want < 0 {
				t.Errorf("the prefix of %v %s to that of %v %s is %d, want %d or 0", a.Kind(), a.Text(), b.Kind(), b.Text(), got, want)
			}
		}
	}
}

func TestALongAndADoubleOfOneSizeAreEqual(t *testing.T) {
	cases := []struct {
		long   int64
		double float64
		equal  bool
	}{
		{0, math.Copysign(0, -1), true},
		{-7, -7, true},
		{1 << 62, 1 << 62, true},
		{math.MinInt64, -1 << 63, true},
		{1<<53 + 1, 1 << 53, false},
		{math.MaxInt64, 1 << 63, false},
		{1, 1.5, false},
	}
	for _, c := range cases {
		a, b := OfLong(c.long), OfDouble(c.double)
		if (Compare(a, b) == 0) != c.equal || (Canonical(b) == a) != c.equal || bytes.Equal(AppendKey(nil, a), AppendKey(nil, b)) != c.equal {
			t.Errorf("%s and %s are equal: %v", a.Text(), b.Text(), !c.equal)
		}
	}
}

func sign(n int) int { return max(-1, min(n, 1)) }

// made makes a value of what a fuzzer gives.
func made(kind uint8, bits int64, text string) Value {
	switch kind % 6 {
	case 0:
		return Value{}
	case 1:
		return OfBool(bits&1 == 1)
	case 2:
		return OfLong(bits)
	case 3:
		return OfDouble(math.Float64frombits(uint64(bits)))
	case 4:
		return OfDouble(float64(bits))
	}
	return OfString(text)
}

// FuzzCompare holds the laws of the order: it is total, equal values are one group key and no others are, numbers stand by
// their exact size, and the comparisons of queries agree with it among values of one kind.
func FuzzCompare(f *testing.F) {
	f.Add(uint8(2), int64(1)<<53+1, "", uint8(3), int64(0x4340000000000000), "", uint8(5), int64(0), "a")
	f.Add(uint8(3), int64(math.MinInt64), "", uint8(2), int64(0), "", uint8(3), int64(-1), "")
	f.Add(uint8(3), int64(0x7ff8000000000001), "", uint8(3), int64(-1), "", uint8(0), int64(0), "")
	f.Add(uint8(5), int64(0), "a", uint8(5), int64(0), "a\x00", uint8(1), int64(1), "true")
	f.Add(uint8(4), int64(math.MaxInt64), "", uint8(2), int64(math.MaxInt64), "", uint8(5), int64(0), "9223372036854775807")
	f.Fuzz(func(t *testing.T, ka uint8, na int64, ta string, kb uint8, nb int64, tb string, kc uint8, nc int64, tc string) {
		a, b, c := made(ka, na, ta), made(kb, nb, tb), made(kc, nc, tc)
		ab, bc, ac := Compare(a, b), Compare(b, c), Compare(a, c)
		if sign(ab) != -sign(Compare(b, a)) || Compare(a, a) != 0 {
			t.Errorf("not antisymmetric: %d", ab)
		}
		if ab <= 0 && bc <= 0 && (ac > 0 || ac == 0 && (ab < 0 || bc < 0)) {
			t.Errorf("not transitive: %d, %d, %d", ab, bc, ac)
		}
		if same := bytes.Equal(AppendKey(nil, a), AppendKey(nil, b)); same != (ab == 0) || same != (Canonical(a) == Canonical(b)) {
			t.Errorf("one key: %v, order %d, one canonical value: %v", same, ab, Canonical(a) == Canonical(b))
		}
		if order := cmp.Compare(Prefix(a), Prefix(b)); order != 0 && order != sign(ab) {
			t.Errorf("prefixes %x and %x, order %d", Prefix(a), Prefix(b), ab)
		}
		if x, y := exact(a), exact(b); x != nil && y != nil && x.Cmp(y) != 0 && x.Cmp(y) != sign(ab) {
			t.Errorf("%s to %s is %d", a.Text(), b.Text(), ab)
		}
		if a.Kind() == b.Kind() && !isNaN(a) && !isNaN(b) && !a.IsNull() {
			for _, op := range allOps {
				if Holds(op, a, b) != op.of(ab) {
					t.Errorf("%s %s %s holds: %v", a.Text(), op, b.Text(), !op.of(ab))
				}
			}
		}
		if Holds(Eq, a, b) == Holds(Ne, a, b) {
			t.Error("= and != agree")
		}
	})
}

// exact returns a finite number, nil for anything else.
func exact(v Value) *big.Float {
	switch {
	case v.Kind() == Long:
		return new(big.Float).SetInt64(v.Long())
	case v.Kind() == Double && !isNaN(v) && !math.IsInf(v.Double(), 0):
		return new(big.Float).SetFloat64(v.Double())
	}
	return nil
}

// FuzzHoldsText: beside a text that is no number, the comparison without a cast is the comparison with casts, but that a
// number is its text.
func FuzzHoldsText(f *testing.F) {
	f.Add(uint8(2), int64(10), "", "abc")
	f.Add(uint8(5), int64(0), "abc", "abd")
	f.Add(uint8(0), int64(0), "", "")
	f.Add(uint8(1), int64(1), "", "true")
	f.Fuzz(func(t *testing.T, kind uint8, bits int64, text, literal string) {
		if _, number := ParseNumber(literal); number {
			return
		}
		v := made(kind, bits, text)
		slow := v
		if isNumber(v) {
			slow = OfString(v.Text())
		}
		for _, op := range allOps {
			if HoldsText(op, v, literal) != Holds(op, slow, OfString(literal)) {
				t.Errorf("%v %q %s %q holds: %v", v.Kind(), v.Text(), op, literal, HoldsText(op, v, literal))
			}
		}
	})
}

// FuzzAppendKey: keys one after the other are equal only if they are equal one by one.
func FuzzAppendKey(f *testing.F) {
	f.Add("a", "b", "ab", "")
	f.Add("", "\x04\x01a", "\x04\x01a", "")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		x := AppendKey(AppendKey(nil, OfString(a)), OfString(b))
		y := AppendKey(AppendKey(nil, OfString(c)), OfString(d))
		if bytes.Equal(x, y) != (a == c && b == d) {
			t.Errorf("%q, %q and %q, %q", a, b, c, d)
		}
	})
}
