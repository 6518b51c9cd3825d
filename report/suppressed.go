package report

import (
	"cmp"
	"fmt"
	"io"
)

// Suppression is a reason for which rows of a result are left out.
type Suppression struct {
	Reason  string
	Place   string // where it is written, FILE:LINE
	Rows    int    // that it left out
	Events  int64  // that these count, where rows have _count; 0: not known
	Expires string // the last day on which it applies; "" for no such day
	Expired bool   // that day is over: nothing was left out for it
	Failed  int64  // rows for which a function in its condition could not be computed; they are kept
}

// Tuning is the file that says which rows are left out, and of which severity detections are.
type Tuning struct {
	File   string
	SHA256 string
}

// text says a suppression in words.
func (s *Suppression) text() string {
	if s.Expired {
		return "expired on " + s.Expires + ", it left out rows: " + s.Reason + " (" + s.Place + ")"
	}
	said := plural(s.Rows, "row") + ": " + s.Reason + " (" + s.Place
	if s.Expires != "" {
		said += ", until " + s.Expires
	}
	return said + ")"
}

// suppressed is how many rows of a result a tuning suppressed, and how many events these count, as far as that is known.
func (r *Result) suppressed() (rows int, events int64) {
	for _, s := range r.Suppressions {
		rows += s.Rows
		events += s.Events
	}
	return rows, events
}

// leftOut is how many of these rows are not in the table.
func (r *Result) leftOut() (rows int, events int64) {
	if r.Marked {
		return 0, 0
	}
	return r.suppressed()
}

// rowsText is how many rows results have, and how many were left out, whose events are counted beside the rows all the same.
func rowsText(results []Result) string {
	rows, leftOut := 0, 0
	for _, r := range results {
		left, _ := r.leftOut()
		rows, leftOut = rows+r.Table.Len(), leftOut+left
	}
	if leftOut == 0 {
		return plural(rows, "row")
	}
	return fmt.Sprintf("%s and %s suppressed", plural(rows, "row"), count(int64(leftOut)))
}

// alsoSuppressed says of the days of a result that they count what its rows do not show, "" if they do not. A day does not know of
// which rows its events are.
func alsoSuppressed(r *Result) string {
	rows, _ := r.leftOut()
	if rows == 0 {
		return ""
	}
	return "with the events of " + plural(rows, "suppressed row")
}

// UntoldSuppressed stands in an event for the reason why its row was left out, where the rows do not tell which events are theirs.
const UntoldSuppressed = "unknown: the rows do not tell which events are theirs"

// Retuned is a severity that another took the place of.
type Retuned struct {
	Stated string // "" if the detection states none
	Place  string // where the other is written, FILE:LINE
}

// shownSuppressions is how many reasons for suppressed rows are told in words; the rest is counted.
const shownSuppressions = 20

// Suppressed prints, behind the summary, what a tuning changed: the rows that it left out, and why; what of it no longer applies;
// and other severities.
func Suppressed(w io.Writer, results []Result, o Options) {
	n := 0
	for _, r := range results {
		if r.Retuned != nil {
			line(w, o, "severity", "of %s is %s, not %s (%s)", r.Asker(), severity(r.Detection), cmp.Or(r.Retuned.Stated, "-"), visible(r.Retuned.Place))
		}
		for _, s := range r.Suppressions {
			if n++; n > shownSuppressions {
				continue
			}
			if s.Expired {
				line(w, o, "expired", "on %s: %s of %s, which left out rows: %s", s.Expires, visible(s.Place), r.Asker(), visible(s.Reason))
				continue
			}
			line(w, o, "suppressed", "%s of %s: %s (%s)", plural(s.Rows, "row"), r.Asker(), visible(s.Reason), visible(s.Place))
			if s.Failed > 0 {
				line(w, o, "", "%s kept for which a function of its condition cannot be computed", plural(int(s.Failed), "row"))
			}
		}
	}
	more(w, o, n-shownSuppressions)
}

// suppressedSummary is a reason for suppressed rows under the names that machines read.
type suppressedSummary struct {
	Detection string `json:"detection,omitempty"`
	Reason    string `json:"reason"`
	Place     string `json:"place"`
	Rows      int    `json:"rows"`
	Events    int64  `json:"events,omitempty"`
	Expires   string `json:"expires,omitempty"`
	Expired   bool   `json:"expired,omitempty"`
	Failed    int64  `json:"rows_not_computed,omitempty"`
}

func newSuppressedSummary(detection string, s Suppression) suppressedSummary {
	return suppressedSummary{detection, s.Reason, s.Place, s.Rows, s.Events, s.Expires, s.Expired, s.Failed}
}

func suppressedSummaries(results []Result) (out []suppressedSummary) {
	for _, r := range results {
		for _, s := range r.Suppressions {
			out = append(out, newSuppressedSummary(r.Detection.ID, s))
		}
	}
	return out
}

// retunedSummary is another severity under the names that machines read.
type retunedSummary struct {
	Detection string `json:"detection"`
	Severity  string `json:"severity"`
	Stated    string `json:"stated"` // "" if the detection states none
	Place     string `json:"place"`
}

func retunedSummaries(results []Result) (out []retunedSummary) {
	for _, r := range results {
		if r.Retuned != nil {
			out = append(out, retunedSummary{r.Detection.ID, r.Detection.Severity, r.Retuned.Stated, r.Retuned.Place})
		}
	}
	return out
}
