package swar

import (
	"strings"
	"testing"
)

// FuzzClassify holds a block to its bytes one by one.
func FuzzClassify(f *testing.F) {
	f.Add([]byte(`{"a":["\\\"",{"b":"\u007b"}],`+"\n\r\t"+`"c":"é}]"}`), false)
	f.Add([]byte(strings.Repeat(`\`, 64)), true)
	f.Add([]byte("\xa2\xdb\xfb\xfd\xdd\xdc\x8a\x02\x22\x7b\x5b\x7d\x5d\x5c\x0a\x3b\x3d\x00\xff\x80\x7f\x20!#"), false)
	f.Fuzz(func(t *testing.T, s []byte, carry bool) {
		var b [64]byte
		copy(b[:], s)
		got := Classify(&b)
		escaped, next := Escaped(got.Backslash, carry)
		within := Within(got.Quote &^ escaped)
		inside, after := false, carry
		for i, c := range b {
			bit := func(m uint64) bool { return m>>i&1 == 1 }
			for class, m := range map[string]uint64{`"`: got.Quote, `\`: got.Backslash, "{[": got.Open, "}]": got.Close, "\n": got.Newline} {
				if is := strings.IndexByte(class, c) >= 0; is != bit(m) {
					t.Fatalf("byte %d of %q is one of %q: %v", i, b, class, is)
				}
			}
			now := after
			if after = !now && c == '\\'; now != bit(escaped) {
				t.Fatalf("byte %d of %q is escaped: %v", i, b, now)
			}
			if c == '"' && !now {
				inside = !inside
			}
			if inside != bit(within) {
				t.Fatalf("byte %d of %q is within a string: %v", i, b, inside)
			}
		}
		if next != after {
			t.Fatalf("the byte behind %q is escaped: %v", b, after)
		}
	})
}
