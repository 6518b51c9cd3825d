package wire

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzFind holds which label a key is found under to spelling both out, wherever the key stands.
func FuzzFind(f *testing.F) {
	for _, s := range [][2]string{
		{"eventname", "EventName"},
		{"exactly8", "EXACTLY8"},
		{"event_time", "Event Time"},
		{"exactly_16_bytes", "Exactly 16 bytes"},
		{"longer than sixteen bytes", "Longer_Than_Sixteen Bytes"},
		{"longer_than_sixteen_bytes", "Longer Than Seventeen Bytes"},
		{"", ""},
		{"a{", "A["},
		{"event time", "event time"},
		{"EventName", "EventName"},
		{"a_", "a\x7f"},
		{"ä", "ä"},
		{"@timestamp", "@timestamp"},
		{"timestamp", "`timestamp"},
		{"abcdefgh", "bbcdefgh"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, label, key string) {
		n := &node{}
		labels := []string{"eventname", "awsregion", "event_time", "id"}
		for _, l := range append(labels, label, string(folded(label))) {
			if n.edge(l) == nil {
				n.lead(l, &node{})
			}
		}
		n.index()
		for before := range 10 {
			src := slices.Concat(bytes.Repeat([]byte("x"), before), []byte(key), []byte(`":"`))
			if key == "" && before >= 8 {
				continue // nobody asks
			}
			if got, want := n.find(src, before, before+len(key)), n.edge(string(folded(key))); got != want {
				t.Fatalf("%q behind %d bytes leads to %p, not %p", key, before, got, want)
			}
		}
	})
}

func folded(s string) []byte {
	out := []byte(s)
	for i, c := range out {
		out[i] = foldByte[c]
	}
	return out
}
