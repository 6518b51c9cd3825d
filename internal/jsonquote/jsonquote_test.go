package jsonquote

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

var texts = []string{
	"", "a", "plain text of more than eight bytes", `C:\Windows\"x"`, "a\x00b\x1f\x7f", "\n\r\t\b\f", strings.Repeat(`\`, 20),
	"漢字 😀", "\u2028", "no UTF-8 \xff\xc3(", "1234567\"", "12345678\"", "\"1234567890",
}

func TestAppendedStringsReadBackAsTheyWere(t *testing.T) {
	for _, text := range texts {
		readBack(t, text)
	}
}

func FuzzAppend(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(readBack)
}

func readBack(t *testing.T, text string) {
	quoted := Append([]byte("before"), []byte(text))
	rest, ok := strings.CutPrefix(string(quoted), "before")
	if !ok {
		t.Fatalf("%q lost what was before", text)
	}
	var got string
	if err := json.Unmarshal([]byte(rest), &got); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if utf8.ValidString(text) && got != text {
		t.Errorf("%q came back as %q", text, got)
	}
	if !utf8.ValidString(text) && utf8.ValidString(rest) {
		t.Errorf("%q: bytes that are no UTF-8 did not pass through", text)
	}
}

func TestNamesAreNewOnceInAnyCase(t *testing.T) {
	var n Names
	for i, c := range []struct {
		part, own string
		isNew     bool
	}{
		{"", "User", true},
		{"", "user", false},
		{"A", "User", true},
		{"a", "USER", false},
		{"", "a.user", false},
		{"A", "", true},
		{"", "É", true},
		{"", "é", true},
		{"", "", true},
		{"", "", false},
	} {
		if got := n.Add([]byte(c.part), []byte(c.own)); got != c.isNew {
			t.Errorf("%d: %v", i, got)
		}
	}
	if n.Len() != 6 {
		t.Errorf("%d names", n.Len())
	}
	n.Reset()
	if n.Len() != 0 || !n.Add(nil, []byte("user")) {
		t.Error("names stay after Reset")
	}
}

func TestUnquotedStringsAreWhatTheStandardLibraryReads(t *testing.T) {
	for _, inside := range []string{
		``, `a`, `\"\\\/\b\f\n\r\t`, `C:\\Users\\ada`, `\u00e9\u6F22`, `\ud83d\ude00`, `\ud83d`, `\ude00x`, `\ud83d\ud83d\ude00`,
		`\ud83d\n`, `\ud83dA`, `é漢😀`,
	} {
		var want string
		if err := json.Unmarshal([]byte(`"`+inside+`"`), &want); err != nil {
			t.Fatal(err)
		}
		if got := string(AppendUnquoted(nil, inside)); got != want {
			t.Errorf("%s: got %q, want %q", inside, got, want)
		}
		if got := string(AppendUnquoted([]byte("x"), []byte(inside))); got != "x"+want {
			t.Errorf("%s behind x: got %q, want %q", inside, got, "x"+want)
		}
	}
	if got := string(AppendUnquoted(nil, "a\xff\\n")); got != "a\xff\n" {
		t.Errorf("bytes that are no UTF-8: got %q", got)
	}
}
