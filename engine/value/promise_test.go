package value

import (
	"testing"

	"retrohunt/internal/view"
)

var sink bool

// TestNothingIsAllocated: what an event's values go through allocates nothing.
func TestNothingIsAllocated(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	number, text, key := OfString(" -12.5e3 "), OfString("not a number"), make([]byte, 0, 64)
	cases := []struct {
		name string
		do   func()
	}{
		{"casting a number", func() { _, sink = ToNumber(number) }},
		{"casting a text", func() { _, sink = ToNumber(text) }},
		{"comparing with a number", func() { sink = Holds(Eq, text, OfLong(0)) }},
		{"comparing texts", func() { sink = Holds(Lt, text, number) }},
		{"comparing a number with a text literal", func() { sink = HoldsText(Eq, OfDouble(1.0/3), "abc") }},
		{"arithmetic", func() { sink = Arith(Add, number, OfLong(1)).IsNull() }},
		{"blank", func() { sink = IsBlank(text) }},
		{"a key", func() { key = AppendKey(AppendKey(key[:0], text), OfLong(1)) }},
	}
	for _, c := range cases {
		if n := testing.AllocsPerRun(100, c.do); n != 0 {
			t.Errorf("%s allocates %v times", c.name, n)
		}
	}
}
