package detections

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestShipped(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Title == "" || d.Description == "" || d.Severity == "" || len(d.Techniques) == 0 || len(d.Tests) == 0 {
			t.Errorf("%s is not whole: %+v", d.ID, d)
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

func TestLoad(t *testing.T) {
	const valid = "id: one\nquery: |\n  * | count\n"
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
		{"nothing there", map[string]string{"notes.txt": ""}, "DIR: no .yaml, .yml or .sumo file below this directory"},
		{"a doubled id", map[string]string{"a.yaml": valid, "b.yaml": valid}, "DIR/b.yaml: the id one is taken by DIR/a.yaml"},
		{"no id", map[string]string{"a.yaml": "query: '*'\n"}, "DIR/a.yaml:1: a detection without id"},
		{"no query", map[string]string{"a.yaml": "id: x\nquery: '  '\n"}, "DIR/a.yaml:1: detection x has no query"},
		{"an unknown severity", map[string]string{"a.yaml": valid + "severity: bad\n"}, `DIR/a.yaml:1: detection one: severity "bad" is none of informational, low, medium, high, critical`},
		{"an unknown key", map[string]string{"a.yaml": "id: x\nqurey: '*'\n"}, `DIR/a.yaml:2:1: unknown field "qurey"`},
		{"no YAML", map[string]string{"a.yaml": "id: [x\n"}, "DIR/a.yaml:1:5: sequence end token ']' not found"},
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
