package report

import (
	"io"

	"retrohunt/engine"
)

// Approximate prints, behind the summary, which columns hold estimates, and how near they are.
func Approximate(w io.Writer, results []Result, o Options) {
	for _, r := range results {
		for _, a := range r.Table.Approximate {
			line(w, o, "approx", "%s: %s", r.Asker(), approximationText(a))
		}
	}
}

// approximationText says of a column of estimates how near they are.
func approximationText(a engine.Approximation) string { return visible(a.Column) + " is " + a.Bound }

// approximateSummary is a column of estimates under the names that machines read.
type approximateSummary struct {
	Detection string `json:"detection,omitempty"`
	Column    string `json:"column"`
	Bound     string `json:"bound"`
}

func approximateSummaries(results []Result) []approximateSummary {
	var out []approximateSummary
	for _, r := range results {
		for _, a := range r.Table.Approximate {
			out = append(out, approximateSummary{r.id(), a.Column, a.Bound})
		}
	}
	return out
}
