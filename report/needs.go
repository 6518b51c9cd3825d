package report

import (
	"io"
	"strings"

	"retrohunt/engine"
)

// shownNeeds and shownFields are how many needs, and of each how many sets of fields, are named in words; the rest is
// counted.
const (
	shownNeeds  = 8
	shownFields = 6
)

// Needs prints, behind the summary, in which source categories a query cannot hit, for want of which fields.
func Needs(w io.Writer, results []Result, o Options) {
	n := 0
	for _, r := range results {
		for _, need := range r.Table.Needs {
			if n++; n <= shownNeeds {
				line(w, o, "note", "%s", needText(r, need))
			}
		}
	}
	more(w, o, n-shownNeeds)
}

func needText(r Result, n engine.Need) string {
	where, fields := visible(n.Category), fieldsText(n.Fields)
	said := r.Asker() + " cannot hit in " + where + ": none of its " + count(n.Events) + " events has " + fields
	switch {
	case r.Sampled && n.Events == 1:
		said = r.Asker() + " may be unable to hit in " + where + ": of its events 1 was looked into, it has no " + fields
	case r.Sampled:
		said = r.Asker() + " may be unable to hit in " + where + ": of its events " + count(n.Events) + " were looked into, none has " + fields
	case n.Events == 1:
		said = r.Asker() + " cannot hit in " + where + ": its only event has no " + fields
	}
	if hint := hintFor(n); hint != "" {
		said += "; " + hint
	}
	return said
}

// fieldsText names sets of fields of which one is enough: a, b, or c with d.
func fieldsText(sets [][]string) string {
	var names []string
	for _, set := range sets[:min(len(sets), shownFields)] {
		names = append(names, visible(strings.Join(set, " with ")))
	}
	if rest := len(sets) - shownFields; rest > 0 {
		return strings.Join(names, ", ") + " or one of " + count(int64(rest)) + " more"
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// needSummary is a need under the names that machines read. Fields are sets of fields of which one is enough.
type needSummary struct {
	Detection string     `json:"detection,omitempty"`
	Category  string     `json:"category"`
	Events    int64      `json:"events"`
	Fields    [][]string `json:"fields"`
	Hint      string     `json:"hint,omitempty"`
}

func needSummaries(results []Result) []needSummary {
	out := []needSummary{}
	for _, r := range results {
		for _, n := range r.Table.Needs {
			out = append(out, needSummary{Detection: r.id(), Category: n.Category, Events: n.Events, Fields: n.Fields, Hint: hintFor(n)})
		}
	}
	return out
}
