// Package tune reads overlays: files that tune detections without a change in them, by leaving out rows that are known to be
// harmless and by other severities.
//
// It reads and checks the form of a file. It compiles no condition and sees no rows; who runs the detections does. What it
// returns belongs to the caller.
package tune

import (
	"path"
	"slices"
	"strings"
	"time"

	"retrohunt/internal/yamlplace"
)

// Overlay is what a file says.
type Overlay struct {
	SHA256     string // of the file
	Exclusions []Exclusion
	Severities []Severity
}

// Exclusion leaves out rows of a detection.
type Exclusion struct {
	Detection string // an id, or a glob of ids, in lower case
	Where     string // a boolean expression over the row's columns
	Reason    string
	Expires   string // the last day on which it applies, such as 2026-12-31; "" for no such day

	At           yamlplace.Place // of the exclusion
	Line, Indent int             // where the text of Where begins, for its mistakes
}

// Severity gives a detection another severity.
type Severity struct {
	Detection string // an id, or a glob of ids, in lower case
	Severity  string // one of detections.Severities
	At        yamlplace.Place
}

// matches reports whether a pattern, which is one that path.Match takes, means the detection of that id.
func matches(pattern, id string) bool {
	ok, _ := path.Match(pattern, strings.ToLower(id))
	return ok
}

// For returns the exclusions for a detection, in their order.
func (o *Overlay) For(id string) (out []Exclusion) {
	for _, e := range o.Exclusions {
		if matches(e.Detection, id) {
			out = append(out, e)
		}
	}
	return out
}

// SeverityOf returns the severity for a detection: the first that means it, or nil.
func (o *Overlay) SeverityOf(id string) *Severity {
	i := slices.IndexFunc(o.Severities, func(s Severity) bool { return matches(s.Detection, id) })
	if i < 0 {
		return nil
	}
	return &o.Severities[i]
}

// Expired reports whether the exclusion no longer applies on the day that a moment is in, in the zone of the moment.
func (e *Exclusion) Expired(now time.Time) bool {
	return e.Expires != "" && now.Format(time.DateOnly) > e.Expires
}
