package parquet

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	library "github.com/parquet-go/parquet-go"
)

// read reads a file with the library, which is no part of the program: each row's cells by column, nulls left out.
func read(t *testing.T, file []byte) (rows []map[string]any) {
	t.Helper()
	f, err := library.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	names := f.Schema().Columns()
	for _, g := range f.RowGroups() {
		in := g.Rows()
		defer in.Close()
		buf := make([]library.Row, 1)
		for {
			n, err := in.ReadRows(buf)
			if n == 0 {
				break
			}
			row := map[string]any{}
			for _, v := range buf[0] {
				switch name := names[v.Column()][0]; {
				case v.IsNull():
				case v.Kind() == library.Int64:
					row[name] = v.Int64()
				case v.Kind() == library.Double:
					row[name] = v.Double()
				default:
					row[name] = v.String()
				}
			}
			rows = append(rows, row)
			if err != nil {
				break
			}
		}
	}
	if int64(len(rows)) != f.NumRows() {
		t.Errorf("%d rows, the file says %d", len(rows), f.NumRows())
	}
	return rows
}

var columns = []Column{{"text", String}, {"long", Int64}, {"double", Double}}

// write writes rows of cells; nil is null.
func write(t *testing.T, columns []Column, rows []map[string]any) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, columns)
	for _, row := range rows {
		for i, c := range columns {
			switch v := row[c.Name].(type) {
			case string:
				w.Text(i, v)
			case int64:
				w.Long(i, v)
			case float64:
				w.Double(i, v)
			}
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheLibraryReadsWhatIsWritten(t *testing.T) {
	var thousands []map[string]any
	for i := range 3_000 {
		row := map[string]any{"long": int64(i)}
		if i%3 == 0 {
			row["text"] = fmt.Sprintf("row %d", i)
		}
		thousands = append(thousands, row)
	}
	megabytes := []map[string]any{}
	for i := range 40 {
		megabytes = append(megabytes, map[string]any{"text": strings.Repeat(string(rune('a'+i%26)), 1<<20), "double": float64(i)})
	}
	cases := []struct {
		name string
		rows []map[string]any
	}{
		{"no rows", nil},
		{"every type", []map[string]any{{"text": "a", "long": int64(math.MinInt64), "double": math.Inf(-1)}}},
		{"nulls alone", []map[string]any{{}, {}, {}}},
		{"empty is not null", []map[string]any{{"text": ""}, {}, {"text": "\x00"}}},
		{"NaN", []map[string]any{{"double": math.NaN()}}},
		{"many rows", thousands},
		{"several row groups", megabytes},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.rows, read(t, write(t, columns, c.rows)), cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-written +read:\n%.2000s", diff)
			}
		})
	}
}

func TestManyColumns(t *testing.T) {
	var many []Column
	row := map[string]any{}
	for i := range 40 {
		many = append(many, Column{fmt.Sprintf("c%d", i), Int64})
		row[many[i].Name] = int64(i)
	}
	if diff := cmp.Diff([]map[string]any{row}, read(t, write(t, many, []map[string]any{row}))); diff != "" {
		t.Error(diff)
	}
}

func TestAWriterThatFailsShows(t *testing.T) {
	full, err := os.Create(filepath.Join(t.TempDir(), "closed"))
	if err != nil {
		t.Fatal(err)
	}
	full.Close()
	w := NewWriter(full, columns)
	w.Long(1, 1)
	if w.EndRow() == nil || w.Close() == nil {
		t.Error("no error")
	}
}
