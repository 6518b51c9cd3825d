package stream

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzIsUTF8 holds isUTF8 to the library, with the text anywhere among ASCII.
func FuzzIsUTF8(f *testing.F) {
	for _, s := range []string{"", "é", "\xe9", "a\xffb", "€", "\xe2\x82", "😀", "\xf0\x9f\x98", "\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", strings.Repeat("\x80", 40)} {
		f.Add(s, uint8(30), uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, before, after uint8) {
		for n := range 4 {
			text := strings.Repeat("x", int(before)+n) + s + strings.Repeat("y", int(after)) + s
			if got := isUTF8([]byte(text)); got != utf8.ValidString(text) {
				t.Fatalf("%q is UTF-8: %v", text, got)
			}
		}
	})
}
