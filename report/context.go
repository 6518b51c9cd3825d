package report

import (
	"io"
	"strings"
)

// Context is what files that are no logs know of the values in a column of rows, in columns that were added to these.
type Context struct {
	Column string   // of the rows
	From   string   // the files
	Added  []string // columns
	Kept   []string // columns of the query's own whose names others would have taken; they stay as they are
	Rows   int
	Known  int  // of the rows, those whose value the files know
	Absent bool // the rows have no such column
}

// Contexts prints, behind the summary, what was added to rows, and what could not be.
func Contexts(w io.Writer, results []Result, o Options) {
	for _, r := range results {
		for _, c := range r.Context {
			if c.Absent {
				line(w, o, "context", "%s: rows of %s have no column %s", visible(c.From), r.Asker(), visible(c.Column))
				continue
			}
			line(w, o, "context", "%s knows %s in %s of %s of %s", visible(c.From), visible(c.Column), count(int64(c.Known)), plural(c.Rows, "row"), r.Asker())
			if len(c.Kept) > 0 {
				line(w, o, "", "the rows' own %s stays as it is", visible(strings.Join(c.Kept, ", ")))
			}
		}
	}
}

// contextSummary is a Context under the names that machines read.
type contextSummary struct {
	Detection string   `json:"detection,omitempty"`
	Column    string   `json:"column"`
	From      string   `json:"from"`
	Added     []string `json:"added,omitempty"`
	Kept      []string `json:"kept,omitempty"`
	Rows      int      `json:"rows"`
	Known     int      `json:"known"`
	Absent    bool     `json:"absent,omitempty"`
}

func contextSummaries(results []Result) (out []contextSummary) {
	for _, r := range results {
		for _, c := range r.Context {
			out = append(out, contextSummary{r.id(), c.Column, c.From, c.Added, c.Kept, c.Rows, c.Known, c.Absent})
		}
	}
	return out
}
