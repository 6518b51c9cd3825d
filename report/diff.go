package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Diff is in what two runs differ, beside their rows.
type Diff struct {
	Runs       [2]string       `json:"runs"`
	Settings   []string        `json:"settings"` // in words
	Only       [2][]string     `json:"only_in"`  // detections that one run has alone
	Inputs     InputDiff       `json:"inputs"`
	Detections []DetectionDiff `json:"detections"` // that both have
}

// InputDiff is in what two runs differ of what they read.
type InputDiff struct {
	Same    int         `json:"same"`
	Only    [2][]string `json:"only_in"`
	Changed []string    `json:"changed"` // that have another size, or of which other events were read
}

// DetectionDiff is in what two runs differ of one detection.
type DetectionDiff struct {
	ID      string    `json:"id"`
	Hashes  [2]string `json:"query_sha256"`
	Query   string    `json:"query"` // the lines of the query that differ, "" if none does
	Notes   []string  `json:"notes"` // what else differs, in words
	New     int       `json:"new"`
	Gone    int       `json:"gone"`
	Changed int       `json:"changed"`
	Same    int       `json:"same"`
}

// shownInputs is how many inputs of each kind are named; the rest is counted.
const shownInputs = 8

// DiffSummary prints, in words, what two runs differ in and how many rows of each detection do.
func DiffSummary(w io.Writer, d *Diff, o Options) {
	line(w, o, "runs", "%s, then %s", visible(d.Runs[0]), visible(d.Runs[1]))
	for _, s := range d.Settings {
		line(w, o, "settings", "%s", visible(s))
	}
	d.Inputs.print(w, o, d.Runs)
	for i, ids := range d.Only {
		for _, id := range ids {
			line(w, o, "detection", "%s only in %s", visible(id), visible(d.Runs[i]))
		}
	}
	for _, r := range d.Detections {
		line(w, o, "rows", "%s: %d new, %d gone, %d changed, %d the same", visible(r.ID), r.New, r.Gone, r.Changed, r.Same)
		if r.Hashes[0] != r.Hashes[1] {
			line(w, o, "query", "%.12s, then %.12s", r.Hashes[0], r.Hashes[1])
		}
		for text := range strings.Lines(r.Query) {
			line(w, o, "", "%s", visible(strings.TrimSuffix(text, "\n")))
		}
		for _, note := range r.Notes {
			line(w, o, "", "%s", visible(note))
		}
	}
}

func (d *InputDiff) print(w io.Writer, o Options, runs [2]string) {
	line(w, o, "inputs", "%s the same", plural(d.Same, "input"))
	name := func(names []string, how string) {
		for _, in := range names[:min(len(names), shownInputs)] {
			line(w, o, "", "%s %s", visible(in), how)
		}
		more(w, o, len(names)-shownInputs)
	}
	for i, names := range d.Only {
		name(names, fmt.Sprintf("only in %s", visible(runs[i])))
	}
	name(d.Changed, "is not what it was")
}

// DiffSummaryJSON prints the same as an object.
func DiffSummaryJSON(w io.Writer, d *Diff) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}
