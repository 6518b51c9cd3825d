package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"retrohunt/engine"
)

// layer is an ATT&CK Navigator layer, version 4.5.
// https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
type layer struct {
	Name        string           `json:"name"`
	Versions    layerVersions    `json:"versions"`
	Domain      string           `json:"domain"`
	Description string           `json:"description"`
	Sorting     int              `json:"sorting"`
	Techniques  []layerTechnique `json:"techniques"`
	Gradient    layerGradient    `json:"gradient"`
}

type layerVersions struct {
	Attack    string `json:"attack"`
	Navigator string `json:"navigator"`
	Layer     string `json:"layer"`
}

type layerTechnique struct {
	ID      string `json:"techniqueID"`
	Score   int64  `json:"score"`
	Comment string `json:"comment"`
}

type layerGradient struct {
	Colors []string `json:"colors"`
	Min    int64    `json:"minValue"`
	Max    int64    `json:"maxValue"`
}

// byScore is the Navigator's word for the highest score first.
const byScore = 3

// writeNavigator prints a layer with the techniques that were hunted, each with the number of events in the rows of its
// detections as its score; a technique without hits has 0.
func writeNavigator(w io.Writer, results []Result, _ Options) error {
	out := layer{
		Name:        "retrohunt",
		Versions:    layerVersions{Attack: "18", Navigator: "5.2.0", Layer: "4.5"},
		Domain:      "enterprise-attack",
		Description: "Techniques by the number of events in the rows of their detections",
		Sorting:     byScore,
		Techniques:  layerTechniques(results),
		Gradient:    layerGradient{Colors: []string{"#fff3e0", "#fb8c00", "#b71c1c"}, Max: 1},
	}
	for _, t := range out.Techniques {
		out.Gradient.Max = max(out.Gradient.Max, t.Score)
	}
	if slices.ContainsFunc(results, func(r Result) bool { return r.Partial }) {
		out.Description += "; partial: the run ended early"
	}
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	escapeHiddenLines(&buf)
	_, err := buf.WriteTo(w)
	return err
}

// escapeHiddenLines is escapeHidden for JSON of many lines: a newline in it is none of a string's.
func escapeHiddenLines(buf *bytes.Buffer) {
	lines := strings.SplitAfter(buf.String(), "\n")
	buf.Reset()
	for _, line := range lines {
		start := buf.Len()
		text, end := strings.CutSuffix(line, "\n")
		buf.WriteString(text)
		escapeHidden(buf, start)
		if end {
			buf.WriteByte('\n')
		}
	}
}

// layerTechniques returns the techniques, most hits first.
func layerTechniques(results []Result) []layerTechnique {
	byID := map[string]*layerTechnique{}
	for _, r := range results {
		if r.Detection == nil {
			continue
		}
		for _, id := range r.Detection.Techniques {
			t := byID[id]
			if t == nil {
				t = &layerTechnique{ID: id}
				byID[id] = t
			} else {
				t.Comment += "\n"
			}
			t.Score += layerHits(r)
			t.Comment += layerComment(r)
		}
	}
	out := []layerTechnique{}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		out = append(out, *byID[id])
	}
	slices.SortStableFunc(out, func(a, b layerTechnique) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// layerHits is how many events a result counts, without those of rows that are left out.
func layerHits(r Result) int64 {
	_, suppressed := r.leftOut()
	return max(r.Table.Hits-suppressed, 0)
}

func layerComment(r Result) string {
	said := fmt.Sprintf("%s: %s of %s", visible(r.Detection.ID), plural(r.Table.Len(), "row"), plural(int(layerHits(r)), "event"))
	if rows, _ := r.leftOut(); rows > 0 {
		said += fmt.Sprintf(", %s suppressed", plural(rows, "row"))
	}
	if days := r.Table.Days; len(days) > 0 {
		said += ", " + daySpan(days)
	}
	return said
}

// daySpan names the days from the first to the last.
func daySpan(days []engine.Day) string {
	first, last := dayText(days[0].Day), dayText(days[len(days)-1].Day)
	if first == last {
		return first
	}
	return first + " to " + last
}

func dayText(day int64) string { return time.Unix(day*24*60*60, 0).UTC().Format(time.DateOnly) }
