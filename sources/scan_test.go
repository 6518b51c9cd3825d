package sources

import (
	"fmt"
	"strings"
	"testing"
)

// FuzzScan holds the scan of 64 bytes at once to the one byte by byte, interrupted at any place.
func FuzzScan(f *testing.F) {
	filler := strings.Repeat(`"a":["}{\\\"",{}],`, 9)
	for _, s := range []string{
		"{" + filler + `"b":1}`, "{" + filler + "\"b\n\":1}", "{" + filler + `\"b":1}`, "[" + filler + "\"\\\n\"]", "{" + strings.Repeat(`"\\\\\\\\\\\\\\\\\\\\\\\\\\\"`, 9) + `":1}`,
		"{" + strings.Repeat("{", 100) + strings.Repeat("}", 101), "}" + filler + "}", strings.Repeat(" \n", 99) + "{" + filler + "}",
	} {
		f.Add([]byte(s), uint(70))
		f.Add([]byte(s), uint(3))
	}
	f.Fuzz(func(t *testing.T, src []byte, cut uint) {
		var want, got scan
		wantEnds := want.bytes(src)
		n := int(cut % uint(len(src)+1))
		gotEnds := got.element(src[:n]) || got.element(src)
		if gotEnds != wantEnds || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q, cut at %d: %v %+v, byte by byte %v %+v", src, n, gotEnds, got, wantEnds, want)
		}
	})
}
