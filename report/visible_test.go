package report

import "testing"

func TestVisibleLines(t *testing.T) {
	const in, want = "a\tb\r\nc\rd\x1b[2J\n\n\xff", "a\tb\nc" + `\rd\x1b[2J` + "\n\n" + `\xff`
	if got := VisibleLines(in); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestVisible(t *testing.T) {
	cases := []struct{ in, want string }{
		{"", ""},
		{`C:\new\x`, `C:\new\x`},
		{"漢字 😀 é", "漢字 😀 é"},
		{"\x1b[2J", `\x1b[2J`},
		{"a\nb\rc\td", `a\nb\rc\td`},
		{"\x00\x7f", `\x00\x7f`},
		{"\u009b1m", `\x9b1m`},
		{"\u202e\u2066\u200b\u2060\ufeff\u00ad", `\u202e\u2066\u200b\u2060\ufeff\xad`},
		{"\u2028\u2029", `\u2028\u2029`},
		{"\U000e0041", `\ue0041`},
		{"\xff\xc3(", `\xff\xc3(`},
		{"\xed\xa0\x80", `\xed\xa0\x80`},
		{"\ufffd", "\ufffd"},
		{"\ufffd\xff", "\ufffd" + `\xff`},
	}
	for _, c := range cases {
		if got := visible(c.in); got != c.want {
			t.Errorf("visible(%q) = %q, want %q", c.in, got, c.want)
		}
		if got := visible(visible(c.in)); got != visible(c.in) {
			t.Errorf("visible twice changes %q to %q", c.in, got)
		}
	}
}
