package swar

import "testing"

// FuzzIndexSpecial holds the eight bytes at a time to one at a time, from every place on.
func FuzzIndexSpecial(f *testing.F) {
	f.Add([]byte("plain text of more than eight bytes \" and on"))
	f.Add([]byte("\xff\x80 ! # \x1f\x20\\\x7f\"\"\"\"\"\"\"\""))
	f.Add([]byte("\x01\x00\x00\x00!!!!!!!!!!!!!!!!!!\""))
	f.Fuzz(func(t *testing.T, s []byte) {
		for i := range s {
			want := i
			for want < len(s) && s[want] != '"' && s[want] != '\\' && s[want] >= ' ' {
				want++
			}
			if got := IndexSpecial(s, i); got != want {
				t.Fatalf("%q from %d: %d, want %d", s, i, got, want)
			}
		}
	})
}
