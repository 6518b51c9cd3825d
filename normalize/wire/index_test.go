package wire

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// twinIndex is where strings close, by scanString, and nil if the index leaves the event alone.
func twinIndex(event []byte) []uint32 {
	var closed []uint32
	for i := 0; i < len(event); i++ {
		if event[i] != '"' {
			continue
		}
		end, kind := scanString(event, i+1)
		if kind&broken != 0 || strings.Contains(string(event[i:end]), `\u`) && hasUnicodeEscape(event[i:end]) {
			return nil
		}
		closed = append(closed, uint32(end))
		i = end
	}
	return closed
}

func hasUnicodeEscape(s []byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			if i++; s[i] == 'u' {
				return true
			}
		}
	}
	return false
}

var indexSeeds = []string{
	`{"a":"b","C:\\dir\\":"\"x\"\/\b\f\n\r\t"}`,
	`{"a":"` + strings.Repeat("x", 52) + `\\","b":"` + strings.Repeat(`\\`, 40) + `\""}`,
	strings.Repeat(`""`, 200),
	`{"ends at the end of a block, or so":"` + strings.Repeat("y", 24) + `"}`,
	`{"a":"\u0041"}`, `{"a":"\x"}`, "{\"a\":\"\x01\"}", `{"a":"b`, "\x01{\n\"a\"\t:\"\x7f\xff\"}", `{"ä":"\ü"}`, "",
}

// FuzzIndex holds where strings close to scanString, in texts without backslashes outside of strings, as events are.
func FuzzIndex(f *testing.F) {
	for _, s := range indexSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		var x index
		x.make([]byte(strings.Repeat(`{"longer":"\\"}`, 50))) // it leaves nothing behind
		x.make(event)
		ascii := !bytes.ContainsFunc(event, func(r rune) bool { return r >= 0x80 })
		if x.ascii != (ascii && canIndex && len(event) <= maxIndexed) {
			t.Fatalf("%q is ASCII: %v", event, !ascii)
		}
		if x.closed == nil || strings.Contains(outsideOfStrings(event), `\`) {
			return
		}
		if diff := cmp.Diff(twinIndex(event), x.closed, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q (-twin +index):\n%s", event, diff)
		}
		for i, c := range event {
			odd := c == '\\' || c >= 0x80
			if odd != x.isOdd(i, i+1) {
				t.Fatalf("byte %d of %q is odd: %v", i, event, odd)
			}
			end := min(len(event), i+int(c))
			if odd = hasOdd(event[i:end]); odd != x.isOdd(i, end) && end > i && end-i <= maxExact || odd && !x.isOdd(i, end) {
				t.Fatalf("bytes %d to %d of %q are odd: %v", i, end, event, odd)
			}
		}
	})
}

func hasOdd(s []byte) bool {
	return bytes.ContainsFunc(s, func(r rune) bool { return r == '\\' || r >= 0x80 })
}

func outsideOfStrings(event []byte) string {
	var b strings.Builder
	for i := 0; i < len(event); i++ {
		if event[i] == '"' {
			i, _ = scanString(event, i+1)
			continue
		}
		b.WriteByte(event[i])
	}
	return b.String()
}

func TestIndexGrows(t *testing.T) {
	var x index
	for n := range 3000 {
		event := []byte(strings.Repeat(`""`, n))
		if x.make(event); canIndex && len(x.closed) != n {
			t.Fatalf("%d of %d strings", len(x.closed), n)
		}
	}
}

func TestWhichEventsHaveAnIndex(t *testing.T) {
	if !canIndex {
		t.Skip("no vectors here")
	}
	for _, c := range []struct {
		event string
		want  bool
	}{
		{`{"a":"b","c":"C:\\dir\\\"x\"\/\b\f\n\r\t"}`, true},
		{`{"ä":"` + strings.Repeat("ö", 100) + `"}`, true},
		{"{\n\t\"a\": 1\r\n}", true},
		{`{"a":"` + strings.Repeat("x", maxIndexed) + `"}`, false},
		{`{"a":"\u0041"}`, false},
		{`{"a":"\x"}`, false},
		{`{"a":"\` + "\x00" + `"}`, false},
		{"{\"a\":\"\n\"}", false},
		{`{"a":"b`, false},
		{`{"a":"b\"}`, false},
		{`{"a":"` + strings.Repeat("x", 57) + `\` + `u0041"}`, false},
	} {
		var x index
		if x.make([]byte(c.event)); x.closed != nil != c.want {
			t.Errorf("%.80s: %v", c.event, !c.want)
		}
	}
}

// passSeeds have members that nobody asked for between others, of all the forms that pass goes over or stops at.
var passSeeds = []string{
	`{"first": "x", "second": 7, "third": 12,"fourth":"z", "A": "1", "fifth": "v", "sixth" : 1, "seventh": "w", "a" : "2", "eighth":  "x"}`,
	`{"first": "x", "second": "y", "third": "z",  "a": "1", "fourth": 1234567, "fifth": 12345678, "a": "2", "sixth": 6, "seventh": "v"`,
	`{"first": "x", "second": "y", 7: "z"}`, `{"first": "x", "second": 1, }`, `{"first": "x", "second": "", "`, `{"first":"x","s": 1`,
	`{"first":"x","second":"y","third":1234567,"fourth":12,"a":"z","fifth":"","sixth":"1","b":7,"seventh":"v"}`,
	`{"first":"x","A":"1","second":12345678,"a":"2","third":-1,"a":"3","fourth":0,"a":"4","fifth":01,"a":"5"}`,
	`{"first":"x","second" :"y","a": "1","third":"z" ,"a":"2","fourth":"z", "a":"3","fifth":[1,"x"],"sixth":null,"a":"4"}`,
	`{"first":"x","second\\":"y","c:\\dir\\":"1","\"":"2","ä":"3","Ä":"4","":"5","":"6","` + strings.Repeat("long", 20) + `":"7","a":"8"}`,
	`{"first":"x","unwanted":{"first":"y","second":"z","third":5,"fourth":[]},"b":[{"first":"x","second":"y","a":"1","third":"z"}],"last":"y"}`,
	`{"first":"x","second":"y","third":"z"`, `{"first":"x","second":"y",`, `{"first":"x","second":1,"`, `{"first":"x","second":"y","third"}`,
	`{"first":"x","second":"y"\,"third":"z","a":"1"}`, `{"first":"x","second":1.5,"third":1e5,"fourth":1a,"a":"1"}`,
}

// FuzzWalkWithoutIndex holds the walk of events that have an index to the walk of the same ones without.
func FuzzWalkWithoutIndex(f *testing.F) {
	for _, s := range append(slices.Concat(indexSeeds, passSeeds), `{"a":[1,["x",{"b":"y"}],"z"],"a[0]":{"B":"\\"},"b":[{"a":"k"},"\""]}`, `{"a":{"b":"c","a":["d","e"]},"b":"x"`) {
		f.Add([]byte(s))
	}
	var fields []Field
	for _, name := range []string{"a", "a[0]", "a[1][0]", "a.b", "b", "b[0].a", "ä", "c:\\dir\\"} {
		fields = append(fields, Field{Name: name}, Field{Name: name, ExtractArrays: true, MaxDepth: 2}, Field{Name: name, Verbatim: true})
	}
	w, slow := NewWalker(NewTree(fields)), NewWalker(NewTree(fields))
	got, want := make([][]byte, len(fields)), make([][]byte, len(fields))
	f.Fuzz(func(t *testing.T, event []byte) {
		err := w.Walk(event, got)
		slow.start(event, want)
		slowErr := slow.walk()
		if diff := cmp.Diff(slowErr, err); diff != "" {
			t.Fatalf("%q (-without +with):\n%s", event, diff)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-without +with):\n%s", event, diff)
		}
	})
}
