package report

import (
	"encoding/csv"
	"io"
	"strings"

	"retrohunt/engine/value"
)

// writeCSV prints RFC 4180: a header and a line for each row. Rows of detections begin with the detection and its severity,
// and have the columns of all of them.
func writeCSV(w io.Writer, results []Result, _ Options) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	columns := unionColumns(results)
	hunt := len(results) > 0 && results[0].Detection != nil
	header := columns
	if hunt {
		header = append([]string{"detection", "severity"}, columns...)
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, r := range results {
		var lead []string
		if hunt {
			lead = []string{defuse(r.Detection.ID), severity(r.Detection)}
		}
		place := map[string]int{}
		for i, c := range r.Table.Columns {
			place[c] = i
		}
		for _, row := range r.Table.Rows {
			record := append([]string{}, lead...)
			for _, c := range columns {
				cell := ""
				if i, ok := place[c]; ok {
					cell = csvCell(row[i])
				}
				record = append(record, cell)
			}
			if err := out.Write(record); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(v value.Value) string {
	if v.Kind() == value.String {
		return defuse(v.Str())
	}
	return v.Text() // numbers may begin with a minus
}

// defuse puts an apostrophe before a text that a spreadsheet would take for a formula. A lone sign, as for an actor that is
// not known, is none.
func defuse(s string) string {
	if len(s) > 1 && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
