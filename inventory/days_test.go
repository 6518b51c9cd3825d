package inventory

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGaps(t *testing.T) {
	for _, c := range []struct {
		name, zone string
		times      []string
		days       int
		gaps       string // of each, first day, last day and number of days
	}{
		{"one day", "UTC", []string{"2026-03-02T00:00:00Z", "2026-03-02T23:59:59.999Z"}, 1, ""},
		{"midnight parts days", "UTC", []string{"2026-03-02T23:59:59.999Z", "2026-03-03T00:00:00Z"}, 2, ""},
		{"a leap day without events", "UTC", []string{"2028-02-28T12:00:00Z", "2028-03-01T12:00:00Z"}, 2, "2028-02-29 to 2028-02-29: 1"},
		{"no leap day", "UTC", []string{"2026-02-28T12:00:00Z", "2026-03-01T12:00:00Z"}, 2, ""},
		{"a leap day with events", "UTC", []string{"2028-02-28T12:00:00Z", "2028-02-29T12:00:00Z", "2028-03-01T12:00:00Z"}, 3, ""},
		{"two gaps, in any order", "UTC", []string{"2026-01-10T00:00:00Z", "2025-12-30T00:00:00Z", "2026-01-02T00:00:00Z"}, 3, "2025-12-31 to 2026-01-01: 2, 2026-01-03 to 2026-01-09: 7"},
		{"before 1970", "UTC", []string{"1969-12-31T23:59:59.999Z", "1969-12-29T00:00:00Z", "1970-01-02T00:00:00Z"}, 3, "1969-12-30 to 1969-12-30: 1, 1970-01-01 to 1970-01-01: 1"},
		{"the FILETIME of nothing", "UTC", []string{"1601-01-01T00:00:00Z", "2026-03-02T00:00:00Z"}, 2, "1601-01-02 to 2026-03-01: 155287"},
		{"noon of each day while summer begins", "Europe/Berlin", []string{"2026-03-28 12:00:00", "2026-03-29 12:00:00", "2026-03-30 12:00:00"}, 3, ""},
		{"just after local midnight while summer begins", "Europe/Berlin", []string{"2026-03-29 00:30:00", "2026-03-30 00:30:00", "2026-03-31 02:30:00"}, 3, "2026-03-30 to 2026-03-30: 1"},
		{"noon of each day while summer ends", "Europe/Berlin", []string{"2026-10-24 12:00:00", "2026-10-25 12:00:00", "2026-10-26 12:00:00"}, 3, ""},
		{"offsets", "UTC", []string{"2026-03-02T23:30:00-05:00", "2026-03-02T00:30:00+05:00"}, 2, "2026-03-02 to 2026-03-02: 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newReader(Options{}, wide, c.zone)
			for _, at := range c.times {
				r.take(t, "a.json", fmt.Sprintf(`{"Channel":"Security","EventTime":%q}`, at))
			}
			g := r.Result().Groups[0]
			gaps := ""
			for i, gap := range g.Days.Gaps {
				if i > 0 {
					gaps += ", "
				}
				gaps += fmt.Sprintf("%s to %s: %d", gap.From.Format("2006-01-02"), gap.To.Format("2006-01-02"), gap.Days())
			}
			if g.Days.Count != c.days || gaps != c.gaps || g.Undated > 0 {
				t.Errorf("%d days, gaps %q, %d undated; want %d days, gaps %q", g.Days.Count, gaps, g.Undated, c.days, c.gaps)
			}
		})
	}
}

func TestAnEventWithoutTimeWidensNothing(t *testing.T) {
	x, y := Extent{Events: 2, Undated: 2}, Extent{Events: 1, First: -5, Last: -5}
	for _, order := range [][]Extent{{x, y}, {y, x}} {
		var sum Extent
		for _, part := range order {
			sum.merge(&part)
		}
		if diff := cmp.Diff(Extent{Events: 3, Undated: 2, First: -5, Last: -5}, sum); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
