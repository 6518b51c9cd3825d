package report

import (
	"bufio"
	"io"
	"strings"

	"retrohunt/engine/value"
)

// writeCSV prints RFC 4180: a header and a line for each row. Rows of detections begin with the detection and its severity,
// and have the columns of all of them. CSV knows no null: it is an empty cell, as "" is.
//
// Texts that a spreadsheet would take for formulas are defused, unless o asks for them raw.
//
// encoding/csv is not used: with the line ends of RFC 4180 it changes those inside cells too.
func writeCSV(w io.Writer, results []Result, o Options) error {
	out := bufio.NewWriter(w)
	defuse := defuser(o)
	columns := unionColumns(results)
	hunt := len(results) > 0 && results[0].Detection != nil
	var header []string
	if hunt {
		header = append(header, "detection", "severity")
	}
	for _, c := range columns {
		header = append(header, defuse(c))
	}
	csvRecord(out, header)
	for _, r := range results {
		var lead []string
		if hunt {
			lead = []string{defuse(r.Detection.ID), severity(r.Detection)}
		}
		place := map[string]int{}
		for i, c := range r.Table.Columns {
			place[c] = i
		}
		for row := range r.Table.All() {
			record := append([]string{}, lead...)
			for _, c := range columns {
				cell := ""
				if i, ok := place[c]; ok {
					cell = csvCell(row[i], defuse)
				}
				record = append(record, cell)
			}
			csvRecord(out, record)
		}
	}
	return out.Flush()
}

// csvRecord prints a line. An only cell that is empty is quoted: readers pass over empty lines.
func csvRecord(out *bufio.Writer, cells []string) {
	if len(cells) == 1 && cells[0] == "" {
		out.WriteString(`""`)
	}
	csvCells(out, cells)
	out.WriteString("\r\n")
}

// csvCells prints cells with commas between them.
func csvCells(out *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte(',')
		}
		if strings.ContainsAny(cell, ",\"\r\n") || strings.HasPrefix(cell, " ") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		out.WriteString(cell)
	}
}

func csvCell(v value.Value, defuse func(string) string) string {
	if v.Kind() == value.String {
		return defuse(v.Str())
	}
	return v.Text() // numbers may begin with a minus
}

// defuser returns what cells of text go through.
func defuser(o Options) func(string) string {
	if o.RawCSV {
		return func(s string) string { return s }
	}
	return defuse
}

// defuse puts an apostrophe before a text that a spreadsheet would take for a formula. A lone sign, as for an actor that is
// not known, is none.
func defuse(s string) string {
	if len(s) > 1 && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
