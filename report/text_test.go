package report

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzAppendText: the short way for plain texts writes what the long way writes, and both are read back as the text.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", "plain", "a \"quoted\\\" path\r\n\tof <two> & lines", "\x00\x1b\x7f", "é\u202e\u2028", "\b\f", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want bytes.Buffer
		appendText(&got, s)
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(s); err != nil {
			t.Fatal(err)
		}
		if isPlain(s) && got.String()+"\n" != want.String() {
			t.Errorf("%q is %s, want %s", s, &got, &want)
		}
		var back, meant string
		if json.Unmarshal(got.Bytes(), &back) != nil || json.Unmarshal(want.Bytes(), &meant) != nil || back != meant {
			t.Errorf("%q is read back as %q, want %q", s, back, meant)
		}
	})
}
