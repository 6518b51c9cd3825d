// Package report prints what a run found: rows as table, CSV, JSON, JSON lines, Markdown, HTML, Parquet, Timesketch's JSON
// lines or an ATT&CK Navigator layer, or messages alone; what was read; and the mistakes in a query.
//
// It computes nothing and opens nothing: it writes to the writers it is given. Whatever comes from logs, names of inputs
// included, is hostile: where a terminal or a spreadsheet could take it for a command it is made visible or harmless. It
// borrows what it prints.
package report

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
)

// Result is the table of one query, with the detection that asked it; without one it is a query of the user's own.
type Result struct {
	Run       string // which of several runs it is of; "" where there is one
	Detection *detections.Detection
	Table     *engine.Table
	Partial   bool     // the run ended early: rows are missing, counts are too low
	Sampled   bool     // not every event was looked into: the Table's Needs are of those that were
	Keys      []string // the columns that the query's first aggregate groups events by
	Samples   []Sample // some events of the rows, in the order of rows

	Suppressions []Suppression // why rows were left out
	Marked       bool          // they were not left out after all, but marked
	Retuned      *Retuned      // what the detection's severity took the place of, if that is not its own
	Context      []Context     // what was added to the rows
}

// id is that of the result's detection, "" if it is of a query.
func (r Result) id() string {
	if r.Detection == nil {
		return ""
	}
	return r.Detection.ID
}

// Asker is what a result is called where it is spoken of.
func (r Result) Asker() string { return cmp.Or(visible(r.id()), "the query") }

// Options are what printing needs to know beside the rows.
type Options struct {
	Width  int  // columns of the terminal; 0 is unlimited
	Wide   bool // texts are not cut to the width
	Color  bool // severities in colour
	RawCSV bool // CSV as the texts are, formulas included
	Run    *Run // what formats that account for the run say of it; may be nil
}

// Run is what is known of a run beside its rows.
type Run struct {
	Version  string
	Started  time.Time
	Paths    []string         // as they were asked for
	Coverage *stream.Coverage // nil: not known
	CSV      string           // the file that has all rows as CSV; "" for none
	Tuning   *Tuning          // nil: none
	Parts    []Part           // runs that are printed together; none where there is one
}

// Part is one of several runs that are printed together.
type Part struct {
	Name    string
	Run     *Run
	Results []Result // of this run
}

// Writer prints results in one format. The same rows come in the same order in each.
type Writer func(w io.Writer, results []Result, o Options) error

// format is one format of rows.
type format struct {
	name     string
	endings  []string // of files' names
	write    Writer
	ofRun    bool // says what the run read, and so something where there are no rows
	ofHunt   bool // needs what detections have and queries have not
	samples  bool // shows events beside rows
	tuned    bool // says which rows a tuning left out
	isBinary bool
}

// formats are the formats. The endings that come first are the first to be tried.
var formats = []format{
	{name: "timesketch", endings: []string{".timesketch.jsonl"}, write: writeTimesketch, ofHunt: true},
	{name: "navigator", endings: []string{".navigator.json"}, write: writeNavigator, ofHunt: true},
	{name: "table", endings: []string{".txt"}, write: writeTable},
	{name: "csv", endings: []string{".csv"}, write: writeCSV},
	{name: "json", endings: []string{".json"}, write: writeJSON, tuned: true},
	{name: "jsonl", endings: []string{".jsonl", ".ndjson"}, write: writeJSONLines},
	{name: "md", endings: []string{".md", ".markdown"}, write: writeMarkdown, samples: true, tuned: true},
	{name: "html", endings: []string{".html", ".htm"}, write: writeHTML, ofRun: true, samples: true, tuned: true},
	{name: "parquet", endings: []string{".parquet"}, write: writeParquet, isBinary: true},
	{name: "raw", endings: []string{".raw"}, write: writeRaw},
}

// Formats are the names of the formats.
var Formats = []string{"table", "csv", "json", "jsonl", "md", "html", "parquet", "timesketch", "navigator", "raw"}

// Format is a format of rows.
type Format struct{ *format }

// FormatByName returns the format of a name, one of Formats.
func FormatByName(name string) (Format, bool) {
	for i := range formats {
		if formats[i].name == name {
			return Format{&formats[i]}, true
		}
	}
	return Format{}, false
}

// FormatOf returns the format that a file's name asks for by its ending.
func FormatOf(file string) (Format, bool) {
	for i := range formats {
		for _, ending := range formats[i].endings {
			if strings.HasSuffix(strings.ToLower(file), ending) {
				return Format{&formats[i]}, true
			}
		}
	}
	return Format{}, false
}

// Name is the format's name.
func (f Format) Name() string { return f.name }

// Write prints results.
func (f Format) Write(w io.Writer, results []Result, o Options) error { return f.write(w, results, o) }

// NeedsDetections reports whether the format has no place for a query's own rows.
func (f Format) NeedsDetections() bool { return f.ofHunt }

// IsBinary reports whether the format is no text.
func (f Format) IsBinary() bool { return f.isBinary }

// HasSamples reports whether the format shows the samples of results.
func (f Format) HasSamples() bool { return f.samples }

// Has reports whether the format has anything to say of results: some say what the run read where there is no row, or which rows
// were left out.
func (f Format) Has(results []Result) bool {
	return f.ofRun || slices.ContainsFunc(results, func(r Result) bool {
		suppressed, _ := r.suppressed()
		return r.Table.Len() > 0 || f.tuned && suppressed > 0
	})
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
