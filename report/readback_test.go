package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/value"
)

// readRow is a row as a reader of the output sees it: its cells by column, a null is left out.
type readRow struct {
	Detection string
	Cells     map[string]string
}

// written is what each reader must find. CSV keeps bytes that are no UTF-8, JSON cannot; CSV knows no null, JSON no NaN.
func written(results []Result, isCSV bool) []readRow {
	var out []readRow
	for _, r := range results {
		for _, row := range r.Table.Rows {
			cells := map[string]string{}
			for i, c := range r.Table.Columns {
				v := row[i]
				noNumber := v.Kind() == value.Double && (math.IsNaN(v.Double()) || math.IsInf(v.Double(), 0))
				switch {
				case isCSV && v.Text() != "":
					cells[c] = v.Text()
				case !isCSV && !v.IsNull() && !noNumber:
					cells[c] = string([]rune(v.Text()))
				}
			}
			out = append(out, readRow{r.Detection.ID, cells})
		}
	}
	return out
}

// readCSV reads RFC 4180 by a reader of the test's own, for encoding/csv changes line ends inside cells, and takes the
// apostrophe before formulas away.
func readCSV(t *testing.T, text string) []readRow {
	t.Helper()
	var records [][]string
	var record []string
	for i := 0; i < len(text); {
		var cell strings.Builder
		if text[i] == '"' {
			for i++; ; i++ {
				if text[i] == '"' {
					if i+1 >= len(text) || text[i+1] != '"' {
						break
					}
					i++
				}
				cell.WriteByte(text[i])
			}
			i++
		} else {
			n := strings.IndexAny(text[i:], ",\r")
			cell.WriteString(text[i : i+n])
			i += n
		}
		record = append(record, cell.String())
		switch {
		case text[i] == ',':
			i++
		case strings.HasPrefix(text[i:], "\r\n"):
			i += 2
			records, record = append(records, record), nil
		default:
			t.Fatalf("no end of a cell at byte %d: %.20q", i, text[i:])
		}
	}
	var out []readRow
	for _, record := range records[1:] {
		row := readRow{record[0], map[string]string{}}
		for i, cell := range record[2:] {
			if cell != "" {
				row.Cells[records[0][i+2]] = strings.TrimPrefix(cell, "'")
			}
		}
		out = append(out, row)
	}
	return out
}

func readJSON(t *testing.T, text string, isArray bool) []readRow {
	t.Helper()
	var objects []struct {
		Detection, Severity string
		Partial             bool
		Row                 map[string]any
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if isArray {
		if err := decoder.Decode(&objects); err != nil {
			t.Fatal(err)
		}
	} else {
		for {
			objects = slices.Grow(objects, 1)[:len(objects)+1]
			if err := decoder.Decode(&objects[len(objects)-1]); err == io.EOF {
				objects = objects[:len(objects)-1]
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	var out []readRow
	for _, o := range objects {
		if o.Partial != (o.Detection == "t3") {
			t.Errorf("%s: partial %v", o.Detection, o.Partial)
		}
		row := readRow{o.Detection, map[string]string{}}
		for name, v := range o.Row {
			switch v := v.(type) {
			case string:
				row.Cells[name] = v
			case json.Number:
				row.Cells[name] = v.String()
			case bool:
				row.Cells[name] = strconv.FormatBool(v)
			}
		}
		out = append(out, row)
	}
	return out
}

func TestIndependentReadersFindTheSameRowsInTheSameOrder(t *testing.T) {
	results := sample()
	if diff := cmp.Diff(written(results, true), readCSV(t, render(t, "csv", results, Options{}))); diff != "" {
		t.Errorf("csv (-written +read):\n%s", diff)
	}
	want := written(results, false)
	if diff := cmp.Diff(want, readJSON(t, render(t, "json", results, Options{}), true)); diff != "" {
		t.Errorf("json (-written +read):\n%s", diff)
	}
	if diff := cmp.Diff(want, readJSON(t, render(t, "jsonl", results, Options{}), false)); diff != "" {
		t.Errorf("jsonl (-written +read):\n%s", diff)
	}
}

func TestEncodingCSVReadsTheSameNumberOfRowsAndCells(t *testing.T) {
	reader := csv.NewReader(strings.NewReader(render(t, "csv", sample(), Options{})))
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + len(hostile) + len(numbers); len(records) != want {
		t.Errorf("%d records, want %d", len(records), want)
	}
}

func TestJSONLinesAreLinesWhateverTheTexts(t *testing.T) {
	out := render(t, "jsonl", sample(), Options{})
	if n := bytes.Count([]byte(out), newlineByte); n != len(hostile)+len(numbers) {
		t.Errorf("%d lines", n)
	}
	for line := range strings.Lines(out) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %.80q", line)
		}
	}
}

var newlineByte = []byte{'\n'}
