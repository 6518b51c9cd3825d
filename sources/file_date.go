package sources

import (
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"retrohunt/internal/pattern"
)

// pathDates are how the days of their events stand in the names of exported objects: a folder for each year, month and day
// (CloudTrail in S3), the same with the part's letter (Azure's diagnostic settings, Hive), a day and time in the name
// (CloudTrail), a day in the name.
var pathDates = []func() *regexp.Regexp{
	pattern.New(`(?:^|/)(\d{4})/(\d{2})/(\d{2})(?:/|$)`),
	pattern.New(`(?:^|/)y(?:ear)?=(\d{4})/m(?:onth)?=(\d{2})/d(?:ay)?=(\d{2})(?:/|$)`),
	pattern.New(`(?:^|[/_.-])(\d{4})(\d{2})(\d{2})T\d{4,6}Z(?:[_.-]|$)`),
	pattern.New(`(?:^|[/_.=-])(\d{4})-(\d{2})-(\d{2})(?:[/_.T-]|$)`),
}

// PathDate returns the day that a name says its events are of, at midnight UTC; false if it says none.
func PathDate(name string) (time.Time, bool) {
	name = filepath.ToSlash(name)
	for _, re := range pathDates {
		for _, m := range re().FindAllStringSubmatch(name, -1) {
			if day, ok := dayOf(m[1], m[2], m[3]); ok {
				return day, true
			}
		}
	}
	return time.Time{}, false
}

// dayOf returns a day that exists and that logs can be of.
func dayOf(year, month, day string) (time.Time, bool) {
	y, _ := strconv.Atoi(year) // digits, by the patterns
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, y >= 1990 && y < 2100 && t.Month() == time.Month(m) && t.Day() == d
}
