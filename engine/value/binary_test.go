package value

import (
	"math"
	"testing"
)

func TestBinary(t *testing.T) {
	values := []Value{
		{},
		OfBool(true), OfBool(false), OfLong(0), OfLong(-1), OfLong(math.MinInt64), OfDouble(1), OfDouble(1.5), OfDouble(math.Inf(-1)),
		OfDouble(math.NaN()), OfString(""), OfString("a\x00b"), OfString(string(make([]byte, 300))),
	}
	var all []byte
	for _, v := range values {
		all = AppendBinary(all, v)
	}
	rest := string(all)
	for i, want := range values {
		var got Value
		var err error
		if got, rest, err = ReadBinary(rest); err != nil || got != want {
			t.Fatalf("value %d is %v, %v; want %v", i, got, err, want)
		}
	}
	if rest != "" {
		t.Errorf("%q is left", rest)
	}
	for end := range len(all) {
		for s := string(all[:end]); s != ""; {
			before := len(s)
			var err error
			if _, s, err = ReadBinary(s); err == nil && len(s) >= before {
				t.Fatalf("reading %d bytes makes no way", before)
			}
		}
	}
}

func FuzzReadBinary(f *testing.F) {
	f.Add("")
	f.Add(string(AppendBinary(nil, OfString("text"))))
	f.Add("\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, s string) {
		v, rest, err := ReadBinary(s)
		if err != nil {
			return
		}
		again, _, err := ReadBinary(string(AppendBinary(nil, v)))
		if err != nil || again != v || len(rest) >= len(s) {
			t.Errorf("%q: %v, then %v and %v", s, v, again, err)
		}
	})
}
