package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	parquetlib "github.com/parquet-go/parquet-go"
)

// readRow is a row as a reader of the output sees it: its cells by column, a null is left out.
type readRow struct {
	Detection string
	Cells     map[string]string
}

// written is what each reader must find. CSV keeps bytes that are no UTF-8, JSON cannot; CSV knows no null.
func written(results []Result, isCSV bool) []readRow {
	var out []readRow
	for _, r := range results {
		for _, row := range r.Table.Rows {
			cells := map[string]string{}
			for i, c := range r.Table.Columns {
				v := row[i]
				switch {
				case isCSV && v.Text() != "":
					cells[c] = v.Text()
				case !isCSV && !v.IsNull():
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

// readParquet reads with the library, which is no part of the program.
func readParquet(t *testing.T, text string) (out []readRow) {
	t.Helper()
	file, err := parquetlib.OpenFile(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	names := file.Schema().Columns()
	for _, g := range file.RowGroups() {
		rows := g.Rows()
		defer rows.Close()
		buf := make([]parquetlib.Row, 1)
		for n, err := rows.ReadRows(buf); n > 0; n, err = rows.ReadRows(buf) {
			row := readRow{Cells: map[string]string{}}
			for _, v := range buf[0] {
				switch name := names[v.Column()][0]; {
				case v.IsNull() || name == "severity":
				case name == "detection":
					row.Detection = v.String()
				default:
					row.Cells[name] = v.String()
				}
			}
			out = append(out, row)
			if err != nil {
				break
			}
		}
	}
	return out
}

// readTimesketch reads the lines of rows: of a row that has two, the first.
func readTimesketch(t *testing.T, text string) (out []readRow) {
	t.Helper()
	for line := range strings.Lines(text) {
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		var object map[string]any
		if err := decoder.Decode(&object); err != nil {
			t.Fatal(err)
		}
		if object["timestamp_desc"] == "Last seen" && object["first_seen"] != nil {
			continue
		}
		row := readRow{object["detection"].(string), map[string]string{}}
		for name, v := range object {
			if v != nil && name != "tag" && (!reservedTimesketch[name]) {
				row.Cells[name] = fmt.Sprint(v)
			}
		}
		out = append(out, row)
	}
	return out
}

// readMarkdown reads the tables as GitHub does: cells between pipes that have no backslash before them.
func readMarkdown(t *testing.T, text string) (out []readRow) {
	t.Helper()
	detection := ""
	var header []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "### "); ok {
			detection, _, _ = strings.Cut(rest, " ")
			header = nil
		}
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| --") {
			continue
		}
		var cells []string
		var cell strings.Builder
		for i := len("| "); i < len(line); i++ {
			switch {
			case line[i] == '\\':
				i++
				cell.WriteByte(line[i])
			case strings.HasPrefix(line[i:], " | "), line[i:] == " |":
				cells = append(cells, html.UnescapeString(cell.String()))
				cell.Reset()
				i += 2
			default:
				cell.WriteByte(line[i])
			}
		}
		if header == nil {
			header = cells
			continue
		}
		row := readRow{detection, map[string]string{}}
		for i, c := range cells {
			if c != "" {
				row.Cells[header[i]] = c
			}
		}
		out = append(out, row)
	}
	return out
}

// readTable reads the table of a terminal that is wide enough: cells between rules.
func readTable(t *testing.T, text string) (out []readRow) {
	t.Helper()
	var detection string
	var header []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, " ") {
			if !strings.HasPrefix(line, "─") {
				header = nil
			}
			if strings.Contains(line, "row") {
				detection, _, _ = strings.Cut(line, " ")
			}
			continue
		}
		cells := strings.Split(line, "│")
		if header == nil {
			for _, c := range cells {
				header = append(header, strings.TrimSpace(c))
			}
			continue
		}
		row := readRow{detection, map[string]string{}}
		for i, c := range cells {
			if c = strings.TrimSpace(c); c != "" {
				row.Cells[header[i]] = c
			}
		}
		out = append(out, row)
	}
	return out
}

// seenRows is how formats for people show rows: what hides is escaped, texts are trimmed if asked for, and a long one is cut at
// a number of bytes, 0 for none.
func seenRows(results []Result, cut int, trim bool) []readRow {
	out := written(results, true)
	for _, row := range out {
		for name, text := range row.Cells {
			if cut > 0 && len(text) > cut {
				text = text[:cut] + cutMark
			}
			text = visible(text)
			if trim {
				text = strings.TrimSpace(text)
			}
			if row.Cells[name] = text; text == "" {
				delete(row.Cells, name)
			}
		}
	}
	return out
}

// TestIndependentReadersFindTheSameRowsInTheSameOrder: every format has the rows of the sample, each read by a reader of its own.
func TestIndependentReadersFindTheSameRowsInTheSameOrder(t *testing.T) {
	results := sample()
	asJSON := written(results, false)
	asParquet := written(results, false)
	for i, row := range written(results, true) {
		for name, text := range row.Cells { // doubles that are no number are doubles; with others in a column they are texts
			if _, ok := asParquet[i].Cells[name]; !ok {
				asParquet[i].Cells[name] = text
			}
		}
		for _, r := range results { // "" is no null
			if c := slices.Index(r.Table.Columns, "text"); c >= 0 && r.Detection.ID == row.Detection && r.Table.Rows[i][c].Text() == "" {
				asParquet[i].Cells["text"] = ""
			}
		}
	}
	readers := map[string]struct {
		read func(*testing.T, string) []readRow
		want []readRow
	}{
		"csv":        {readCSV, written(results, true)},
		"json":       {func(t *testing.T, s string) []readRow { return readJSON(t, s, true) }, asJSON},
		"jsonl":      {func(t *testing.T, s string) []readRow { return readJSON(t, s, false) }, asJSON},
		"timesketch": {readTimesketch, asJSON},
		"parquet":    {readParquet, asParquet},
		"md":         {readMarkdown, seenRows(results, 0, false)},
		"html":       {readHTML, seenRows(results, cellBytes, false)},
		"table":      {readTable, seenRows(results, 0, true)},
	}
	for _, name := range Formats {
		t.Run(name, func(t *testing.T) {
			if name == "navigator" {
				t.Skip("a layer has techniques, no rows")
			}
			if name == "raw" {
				t.Skip("of messages, it prints the events alone")
			}
			r := readers[name]
			if diff := cmp.Diff(r.want, r.read(t, render(t, name, results, Options{}))); diff != "" {
				t.Errorf("-written +read:\n%s", diff)
			}
		})
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
