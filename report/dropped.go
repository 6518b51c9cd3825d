package report

import "io"

// shownDrops is how many reasons for dropped rows are told in words; the rest is counted.
const shownDrops = 8

// Dropped prints, behind the summary, which functions could not be computed for events or rows, which are dropped then as in
// Sumo Logic.
func Dropped(w io.Writer, results []Result, o Options) {
	n := 0
	for _, r := range results {
		for _, d := range r.Table.Warnings {
			if n++; n <= shownDrops {
				line(w, o, "dropped", "%s: %s, %s times", r.Asker(), visible(d.Text), count(d.Count))
			}
		}
	}
	more(w, o, n-shownDrops)
}

// dropSummary is a reason for dropped rows under the names that machines read.
type dropSummary struct {
	Detection string `json:"detection,omitempty"`
	Reason    string `json:"reason"`
	Count     int64  `json:"count"`
}

func dropSummaries(results []Result) []dropSummary {
	out := []dropSummary{}
	for _, r := range results {
		for _, d := range r.Table.Warnings {
			out = append(out, dropSummary{r.id(), d.Text, d.Count})
		}
	}
	return out
}
