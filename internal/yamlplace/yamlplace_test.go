package yamlplace

import (
	"fmt"
	"strings"
	"testing"
)

// outline prints what is in a file, each with its place.
func outline(entries []Entry, indent string) string {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s%d:%d %s", indent, e.At.Line, e.At.Column, e.Key)
		if e.Value.IsMapping() {
			below, _ := e.Value.Entries()
			b.WriteString("\n" + outline(below, indent+"  "))
			continue
		}
		for _, item := range e.Value.Items() {
			text, err := item.Text()
			line, indented := item.TextPlace()
			fmt.Fprintf(&b, " [%q %v at %d+%d]", text, err, line, indented)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an empty file", "", ""},
		{"comments alone", "# nothing\n", ""},
		{"one key", "jobs: 4\n", "1:1 jobs [\"4\" <nil> at 1+6]\n"},
		{"numbers and dates as written", "a: 0x10\nb: 2026-03-02\nc: -30d\nd: true\n", "1:1 a [\"0x10\" <nil> at 1+3]\n2:1 b [\"2026-03-02\" <nil> at 2+3]\n3:1 c [\"-30d\" <nil> at 3+3]\n4:1 d [\"true\" <nil> at 4+3]\n"},
		{"characters, not bytes", "é: {ü: 'x'}\n", "1:1 é\n  1:5 ü [\"x\" <nil> at 1+8]\n"},
		{"a list", "l: [a, \"b\"]\nm:\n  - c\n", "1:1 l [\"a\" <nil> at 1+4] [\"b\" <nil> at 1+8]\n2:1 m [\"c\" <nil> at 3+4]\n"},
		{"a block", "w: |\n   one\n   two\n", "1:1 w [\"one\\ntwo\\n\" <nil> at 2+3]\n"},
		{"lines that end as on Windows", "a: 1\r\nb: 2\r\n", "1:1 a [\"1\" <nil> at 1+3]\n2:1 b [\"2\" <nil> at 2+3]\n"},
		{"nothing behind a key", "a:\n", "1:1 a [\"\" f.yaml:1:3: nothing stands here; expected a value at 1+2]\n"},
		{"an alias", "a: &x 1\nb: *x\n", "1:1 a [\"\" f.yaml:1:4: expected a text, a number, true or false here at 1+3]\n2:1 b [\"\" f.yaml:2:4: expected a text, a number, true or false here at 2+3]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			entries, err := Parse("f.yaml", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(entries, ""); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a key twice", "a: 1\na: 2\n", `f.yaml:2:1: mapping key "a" already defined at [1:1]`},
		{"an open list", "a: [1\n", "f.yaml:1:4: did not find expected ',' or ']' while parsing a flow sequence"},
		{"an open list, and more", "a: [1\nb: 2\n", "f.yaml:2:2: did not find expected ',' or ']' while parsing a flow sequence, from 1:4 on"},
		{"a list that is not begun", "é: [\n\n", "f.yaml:1:4: did not find expected node content while parsing a flow node"},
		{"an open text", "é: 1\nb: 'x\n\n", "f.yaml:2:4: found unexpected end of stream while scanning a quoted scalar"},
		{"tabs", "a:\n\t- x\n", "f.yaml:2:1: found character that cannot start any token while scanning for the next token; indent by blanks, not by tabs"},
		{"a key within a key", "a: b: c\n", "f.yaml:1:5: mapping values are not allowed in this context"},
		{"an alias of nothing", "a: 1\nb: *x\n", "f.yaml:2:4: unknown anchor 'x' referenced"},
		{"a list as a key", "? [a]\n: b\n", "f.yaml:1:3: expected a text as the key here"},
		{"Latin-1", "a: 1\nb: gr\xfcn\n", "f.yaml:2:6: this is no UTF-8; store the file as UTF-8"},
		{"a control character", "a: 1\nb: é\x01\n", "f.yaml:2:5: the character U+0001 may not stand in YAML"},
		{"too deep", strings.Repeat("[", 20000), "f.yaml:1:10001: exceeded max depth of 10000 while increasing flow level"},
		{"a text", "jobs\n", "f.yaml:1:1: expected keys and values here: key: value"},
		{"a list", "- jobs\n", "f.yaml:1:1: expected keys and values here: key: value"},
		{"two documents", "a: 1\n---\nb: 2\n", "f.yaml:3:1: a second document; the file holds one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Parse("f.yaml", []byte(c.text)); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestManyKeys would take minutes if each key were compared with each.
func TestManyKeys(t *testing.T) {
	var text strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&text, "k%d: %d\n", i, i)
	}
	docs, err := Documents("f.yaml", []byte(text.String()))
	if err != nil || len(docs) != 1 {
		t.Fatal(len(docs), err)
	}
	var all map[string]int
	if err := docs[0].Decode(&all); err != nil || len(all) != 50_000 || all["k49999"] != 49_999 {
		t.Error(len(all), err)
	}
}

// FuzzParse: whatever a file holds, it is read or refused, and the places are in it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: 1\n", "a: [x, {b: c}]\n", "a: |\n  x\n", "é: 'x'\n", "a: *b\n", "? a\n: b\n", "<<: {a: 1}\n", "a: \u2028\u0085 b\r\nc: [\r", "a: \"x\\\"\n y\"\nb: 'it''s'\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := Parse("f.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, e := range entries {
			if e.At.Line < 1 || e.At.Line > strings.Count(lineEnds.Replace(text), "\n")+1 {
				t.Errorf("%q: key %q at line %d", text, e.Key, e.At.Line)
			}
		}
		outline(entries, "")
	})
}
