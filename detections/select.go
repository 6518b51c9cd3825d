package detections

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Selection says which of several detections are wanted. A part that is empty leaves none out.
type Selection struct {
	MinLevel string   // one of Severities: this severity and above; detections that state none are left out
	Tags     []string // those with any of them: a technique (and those below it), a tactic, or a tag
	Include  []string // those whose id any of these ids or globs means
	Exclude  []string // not those whose id any of these means
}

// Select returns the detections that are wanted, in their order. That none is left is an error, and that an id or glob to
// include means none; it says what there is.
func Select(all []*Detection, s *Selection) ([]*Detection, error) {
	if err := s.check(all); err != nil {
		return nil, err
	}
	var out []*Detection
	for _, d := range all {
		if s.wants(d) {
			out = append(out, d)
		}
	}
	if len(out) == 0 && len(all) > 0 {
		return nil, fmt.Errorf("none of the detections is selected; there are:\n%s", listed(all))
	}
	return out, nil
}

func (s *Selection) check(all []*Detection) error {
	if s.MinLevel != "" && !slices.Contains(Severities, s.MinLevel) {
		return fmt.Errorf("--min-level is one of %s, not %q", strings.Join(Severities, ", "), s.MinLevel)
	}
	for _, glob := range slices.Concat(s.Include, s.Exclude) {
		if _, err := path.Match(glob, ""); err != nil {
			return fmt.Errorf("--include and --exclude take ids or globs such as t1021*, not %q", glob)
		}
	}
	for _, glob := range s.Include {
		if !slices.ContainsFunc(all, func(d *Detection) bool { return meant(glob, d.ID) }) {
			return fmt.Errorf("--include %s means no detection; there are:\n%s", glob, listed(all))
		}
	}
	return nil
}

func (s *Selection) wants(d *Detection) bool {
	means := func(glob string) bool { return meant(glob, d.ID) }
	return slices.Index(Severities, d.Severity) >= slices.Index(Severities, s.MinLevel) && // -1 where nothing is stated or asked
		(len(s.Tags) == 0 || slices.ContainsFunc(s.Tags, d.tagged)) &&
		(len(s.Include) == 0 || slices.ContainsFunc(s.Include, means)) &&
		!slices.ContainsFunc(s.Exclude, means)
}

// meant reports whether an id or glob means the id.
func meant(glob, id string) bool {
	ok, _ := path.Match(strings.ToLower(glob), strings.ToLower(id))
	return ok
}

// tagged reports whether a detection has a tag. Case makes no difference, nor do blanks, hyphens and underscores, and attack. may
// stand before tactics and techniques, as Sigma writes them.
func (d *Detection) tagged(tag string) bool {
	tag = strings.TrimPrefix(plainTag(tag), "attack.")
	for _, t := range slices.Concat(d.Tags, d.Tactics) {
		if strings.TrimPrefix(plainTag(t), "attack.") == tag {
			return true
		}
	}
	for _, t := range d.Techniques {
		if t = plainTag(t); t == tag || strings.HasPrefix(t, tag+".") {
			return true
		}
	}
	return false
}

var tagBlanks = strings.NewReplacer(" ", "-", "_", "-")

func plainTag(s string) string { return tagBlanks.Replace(strings.ToLower(strings.TrimSpace(s))) }

// most is how many detections an error lists.
const most = 20

// listed lists detections with what one selects them by.
func listed(all []*Detection) string {
	var lines []string
	for _, d := range all {
		if len(lines) == most {
			lines = append(lines, fmt.Sprintf("  and %d more", len(all)-most))
			break
		}
		line := "  " + d.ID
		for _, word := range slices.Concat([]string{d.Severity}, d.Tactics, d.Techniques, d.Tags) {
			if word != "" {
				line += ", " + word
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
