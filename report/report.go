// Package report prints what a run found: rows as table, CSV, JSON, JSON lines or Markdown, what was read, and the mistakes
// in a query.
//
// It computes nothing and opens nothing: it writes to the writers it is given. Whatever comes from logs, names of inputs
// included, is hostile: where a terminal or a spreadsheet could take it for a command it is made visible or harmless. It
// borrows what it prints.
package report

import (
	"io"
	"slices"

	"retrohunt/detections"
	"retrohunt/engine"
)

// Result is the table of one query, with the detection that asked it; without one it is a query of the user's own.
type Result struct {
	Detection *detections.Detection
	Table     *engine.Table
	Partial   bool // the run ended early: rows are missing, counts are too low
	Sampled   bool // not every event was looked into: the Table's Needs are of those that were
}

// Options are what printing needs to know beside the rows.
type Options struct {
	Width int  // columns of the terminal; 0 is unlimited
	Color bool // severities in colour
}

// Writer prints results in one format. The same rows come in the same order in each.
type Writer func(w io.Writer, results []Result, o Options) error

// formats are the formats by name.
var formats = map[string]Writer{
	"table": writeTable,
	"csv":   writeCSV,
	"json":  writeJSON,
	"jsonl": writeJSONLines,
	"md":    writeMarkdown,
}

// Formats are the names of the formats.
var Formats = []string{"table", "csv", "json", "jsonl", "md"}

// Format returns the writer of a format.
func Format(name string) (Writer, bool) {
	w, ok := formats[name]
	return w, ok
}

// severity is what to show for a detection's severity.
func severity(d *detections.Detection) string {
	if d.Severity == "" {
		return "-"
	}
	return d.Severity
}

// unionColumns returns the columns of all results, each once, in the order in which they come.
func unionColumns(results []Result) []string {
	var out []string
	for _, r := range results {
		for _, c := range r.Table.Columns {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}
