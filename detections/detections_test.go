package detections

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestShipped(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Title == "" || d.Description == "" || d.Severity == "" || len(d.Techniques) == 0 || len(d.Tactics) == 0 {
			t.Errorf("%s is not whole: %+v", d.ID, d)
		}
		if tests, err := d.Tests(); err != nil || len(tests) == 0 {
			t.Errorf("%s has no tests: %v", d.ID, err)
		}
		text, err := os.ReadFile(strings.TrimPrefix(d.File, "detections/"))
		if err != nil {
			t.Fatal(err)
		}
		inFile := strings.Split(string(text), "\n")[d.QueryLine-1]
		if first := strings.SplitN(d.Query, "\n", 2)[0]; inFile[d.Indent:] != first {
			t.Errorf("%s: line %d behind %d blanks is %q, the query begins with %q", d.ID, d.QueryLine, d.Indent, inFile, first)
		}
	}
}

// TestShippedIsWhatLoadReads: what is left unread at first is the tests and nothing else.
func TestShippedIsWhatLoadReads(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(".")
	if err != nil || len(loaded) != len(all) {
		t.Fatalf("%d instead of %d, %v", len(loaded), len(all), err)
	}
	for i, d := range all {
		l := loaded[i]
		tests, _ := d.Tests()
		same, _ := l.Tests()
		if diff := cmp.Diff(same, tests); diff != "" {
			t.Errorf("%s: its tests differ:\n%s", d.ID, diff)
		}
		l.File = "detections/" + l.File
		if diff := cmp.Diff(l, d, cmpopts.IgnoreUnexported(Detection{})); diff != "" {
			t.Errorf("%s differs:\n%s", d.ID, diff)
		}
	}
}

func TestLoad(t *testing.T) {
	const valid = "id: one\nquery: |\n  * | count\n"
	bomb := "id: x\nquery: '*'\ntests:\n  - rows:\n    - a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		alias := fmt.Sprintf("*a%d, ", i)
		bomb += fmt.Sprintf("      a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(alias, 10))
	}
	cases := []struct {
		name  string
		files map[string]string
		want  string // ids, or the error
	}{
		{"a bare query", map[string]string{"mine.sumo": "* | count"}, "mine"},
		{"YAML", map[string]string{"a.yaml": valid}, "one"},
		{"several documents", map[string]string{"a.yml": valid + "---\nid: two\nquery: '* | count'\n"}, "one two"},
		{"documents of comments", map[string]string{"a.yml": "# mine\n---\n" + valid + "---\n# that is all\n---\n"}, "one"},
		{"an empty file", map[string]string{"a.yml": ""}, "DIR/a.yml: no detection in this file"},
		{"an empty document", map[string]string{"a.yml": "---\n---\n"}, "DIR/a.yml: no detection in this file"},
		{"a comment", map[string]string{"a.yml": "# later\n", "b.yaml": valid}, "DIR/a.yml: no detection in this file"},
		{"a directory, recursive", map[string]string{"sub/b.sumo": "*", "a.sumo": "*", "notes.txt": "no", ".hidden.sumo": "*"}, "a b"},
		{"mistakes in their order", map[string]string{"a.yaml": "id: [", "b.sumo": "*", "c.yaml": "- a\n", "d.yaml": ""}, "DIR/a.yaml:1:5: did not find expected node content while parsing a flow node\n" +
			"DIR/c.yaml:1:1: expected keys and values here: key: value\nDIR/d.yaml: no detection in this file"},
		{"nothing there", map[string]string{"notes.txt": ""}, "DIR: no .yaml, .yml or .sumo file below this directory"},
		{"a doubled id", map[string]string{"a.yaml": valid, "b.yaml": valid}, "DIR/b.yaml: the id one is taken by DIR/a.yaml"},
		{"no id", map[string]string{"a.yaml": "query: '*'\n"}, "DIR/a.yaml:1: a detection without id"},
		{"no query", map[string]string{"a.yaml": "id: x\nquery: '  '\n"}, "DIR/a.yaml:1: detection x has no query"},
		{"an unknown severity", map[string]string{"a.yaml": valid + "severity: bad\n"}, `DIR/a.yaml:1: detection one: severity "bad" is none of informational, low, medium, high, critical`},
		{"an unknown key", map[string]string{"a.yaml": "id: x\nqurey: '*'\n"}, `DIR/a.yaml:2:1: unknown field "qurey"`},
		{"no YAML", map[string]string{"a.yaml": "id: [x\n"}, "DIR/a.yaml:1:5: did not find expected ',' or ']' while parsing a flow sequence"},
		{"an unknown key of a test", map[string]string{"a.yaml": valid + "tests:\n  - name: a\n    event: b\n"}, `DIR/a.yaml:6:5: unknown field "event"`},
		{"a key twice", map[string]string{"a.yaml": valid + "id: two\n"}, `DIR/a.yaml:4:1: mapping key "id" already defined at [1:1]`},
		{"a column twice", map[string]string{"a.yaml": valid + "tests: [{rows: [{n: 1, n: 2}]}]\n"}, `DIR/a.yaml:4:24: mapping key "n" already defined at [4:18]`},
		{"a list for a text", map[string]string{"a.yaml": valid + "title: [a]\n"}, "DIR/a.yaml:4:8: expected a text here"},
		{"a mistake in the second document", map[string]string{"a.yaml": valid + "---\nid: 'x\n"}, "DIR/a.yaml:5:5: found unexpected end of stream while scanning a quoted scalar"},
		{"no mapping", map[string]string{"a.yaml": "- a\n"}, "DIR/a.yaml:1:1: expected keys and values here: key: value"},
		{"a text for a list", map[string]string{"a.yaml": valid + "tests: none\n"}, "DIR/a.yaml:4:8: expected a list here"},
		{"a text for a row", map[string]string{"a.yaml": valid + "tests: [{rows: [a]}]\n"}, "DIR/a.yaml:4:17: expected keys and values here: key: value"},
		{"no UTF-8", map[string]string{"a.yaml": "id: gr\xfcn\n"}, "DIR/a.yaml:1:7: this is no UTF-8; store the file as UTF-8"},
		{"what another line says", map[string]string{"a.yaml": "id: &x one\nquery: '*'\ntitle: *x\n"}, "one"},
		{"aliases of aliases", map[string]string{"a.yaml": bomb}, "DIR/a.yaml:5:37: document contains excessive aliasing"},
		{"too deep", map[string]string{"a.yaml": "id: " + strings.Repeat("[", 20000)}, "DIR/a.yaml:1:10005: exceeded max depth of 10000 while increasing flow level"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range c.files {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			all, err := Load(dir)
			var ids []string
			for _, d := range all {
				ids = append(ids, d.ID)
			}
			got := strings.Join(ids, " ")
			if err != nil {
				got = strings.ReplaceAll(err.Error(), dir, "DIR")
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestPlaces reads a detection whose query stands in the file in one way and another.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		text, query  string
		line, indent int
	}{
		{"id: a\nquery: |\n    one\n    two\n", "one\ntwo\n", 3, 4},
		{"id: a\r\nquery: |\r\n  one\r\n  two\r\n", "one\ntwo\n", 3, 2},
		{"id: a\nquery: |2\n\n    one\n  two\n", "\n  one\ntwo\n", 3, 4},
		{"id: a\nquery: >-\n  one\n  two\n", "one two", 3, 2},
		{"query: '* | count'\nid: a\n", "* | count", 1, 0},
		{"# one\n---\nid: a\nquery: \"a\\nb\"\n", "a\nb", 4, 0},
		{"\ufeffid: a\nquery: x é\n", "x é", 2, 0},
	} {
		var l loader
		l.yaml("a.yaml", []byte(c.text))
		all, err := l.result()
		if err != nil || len(all) != 1 {
			t.Fatalf("%q: %d, %v", c.text, len(all), err)
		}
		if d := all[0]; d.Query != c.query || d.QueryLine != c.line || d.Indent != c.indent {
			t.Errorf("%q: %q at %d+%d", c.text, d.Query, d.QueryLine, d.Indent)
		}
	}
}

func TestRowsAreReadAsTheyAreWritten(t *testing.T) {
	const text = "id: a\nquery: '*'\ntests:\n- rows:\n  - {n: 12, f: 1.5, t: text, q: '12', none: null, blank: , day: 2026-03-02, at: 2026-03-02T10:00:00Z, yes: yes, b: true, big: 18446744073709551615}\n"
	const want = "map[at:2026-03-02T10:00:00Z b:true big:18446744073709551615 blank:<nil> day:2026-03-02 f:1.5 n:12 none:<nil> q:12 t:text yes:yes]"
	var l loader
	l.yaml("a.yaml", []byte(text))
	all, err := l.result()
	if err != nil {
		t.Fatal(err)
	}
	tests, err := all[0].Tests()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(tests[0].Rows[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
