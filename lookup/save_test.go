package lookup

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/value"
)

// saved is what saving rows makes of a table, which is not there if its text is empty.
func saved(t *testing.T, name, before string, appending bool, columns []string, rows ...[]value.Value) (string, error) {
	t.Helper()
	var old *Table
	parsed := ParseName(name)
	if before != "" {
		var err error
		if old, err = ReadTable("t.csv", strings.NewReader(before), parsed.Case); err != nil {
			t.Fatal(err)
		}
	}
	s, err := NewSaving(parsed, appending, old, columns)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	if err := s.Write(&out, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	return out.String(), nil
}

const (
	library = `path://"/Library/users"`
	classic = "/shared/users"
)

func TestSave(t *testing.T) {
	rows := [][]value.Value{{value.OfString("ada"), value.OfLong(7)}, {value.OfString(`b,"c"`), {}}}
	for _, c := range []struct {
		what, name, before string
		appending          bool
		want               string
	}{
		{"a table that is not there", classic, "", false, "name,n\nada,7\n\"b,\"\"c\"\"\",\n"},
		{"and one of the library", library, "", true, "name,n\nada,7\n\"b,\"\"c\"\"\",\n"},
		{"a classic table becomes another", classic, "old\nx\n", false, "name,n\nada,7\n\"b,\"\"c\"\"\",\n"},
		{"or grows", classic, "N,Name\n1,x\n", true, "N,Name\n1,x\n7,ada\n,\"b,\"\"c\"\"\"\n"},
		{"a table of the library keeps its columns", library, "Name\nx\n", false, "Name\nada\n\"b,\"\"c\"\"\"\n"},
		{"also where it grows", library, "Name\nx\n", true, "Name\nx\nada\n\"b,\"\"c\"\"\"\n"},
	} {
		got, err := saved(t, c.name, c.before, c.appending, []string{"name", "n"}, rows...)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", c.what, err, diff)
		}
	}
}

func TestSaveRefuses(t *testing.T) {
	for _, c := range []struct {
		name, before string
		appending    bool
		columns      []string
		want         string
	}{
		{library, "id,name\n", false, []string{"name"}, "the result has no column id; it has name"},
		{library, "id,name\n", true, []string{"name"}, "the result has no column id; it has name"},
		{classic, "id,name\n", true, []string{"name", "id", "n"}, "t.csv has no column n; it has id, name"},
		{classic, "id,name\n", true, []string{"name"}, "the result has no column id; it has name"},
		{classic, `{"id":1}`, false, []string{"id"}, "t.csv holds JSON lines, and save writes CSV"},
		{classic, "", false, []string{"id", "ID"}, "two columns have the name ID"},
		{classic, "", false, []string{" id"}, `a table cannot have a column with the name " id"`},
		{classic, "", false, []string{""}, `a table cannot have a column with the name ""`},
	} {
		if _, err := saved(t, c.name, c.before, c.appending, c.columns); err == nil || err.Error() != c.want {
			t.Errorf("%s over %q: %v, not %s", c.name, c.before, err, c.want)
		}
	}
}

// FuzzSave holds that what is saved reads back as it was, but for nulls and line ends.
func FuzzSave(f *testing.F) {
	f.Add("a", "b", "x", "y")
	f.Add("{a", "\"", "\r", "\n")
	f.Add("\ufeffa", "=1", "", "")
	f.Add("\xff", "\xfe", "\xff", "")
	f.Add(`a"b`, "a,b", " ", "\\")
	f.Fuzz(func(t *testing.T, a, b, x, y string) {
		for _, columns := range [][]string{{a}, {a, b}} {
			row := strs(x, y)[:len(columns)]
			s, err := NewSaving(ParseName(classic), false, nil, columns)
			if err != nil {
				return
			}
			var out strings.Builder
			if err := s.Write(&out, iter.Seq[[]value.Value](slices.Values([][]value.Value{row, row}))); err != nil {
				t.Fatal(err)
			}
			table, err := ReadTable("t.csv", strings.NewReader(out.String()), ExactCase)
			if err != nil {
				t.Fatalf("%q: %v", out.String(), err)
			}
			want := func(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, replacement), "\r\n", "\n") }
			for i, name := range columns {
				if got := table.Columns()[i]; got != want(name) {
					t.Fatalf("%q: column %q became %q", out.String(), name, got)
				}
				for _, r := range table.Rows() {
					if got := r[i].Str(); got != want(row[i].Str()) {
						t.Fatalf("%q: %q became %q", out.String(), row[i].Str(), got)
					}
				}
			}
			if len(table.Rows()) != 2 {
				t.Fatalf("%q: %d rows", out.String(), len(table.Rows()))
			}
		}
	})
}
