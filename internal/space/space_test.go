package space

import "testing"

// TestIs: the white space of Java, as its documentation of Character.isWhitespace lists it.
func TestIs(t *testing.T) {
	want := map[rune]bool{}
	for _, r := range "\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000" {
		want[r] = true
	}
	for r := rune(0); r < 0x110000; r++ {
		if Is(r) != want[r] {
			t.Errorf("%U is white space: %v", r, Is(r))
		}
	}
}
