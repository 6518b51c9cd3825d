package engine

import (
	"maps"
	"slices"

	"retrohunt/normalize"
)

const (
	dayMillis = 24 * 60 * 60 * 1000
	lastDay   = 84_005 // 2199-12-31, in days since 1970-01-01
)

// Day is how many events of one day were counted in rows.
type Day struct {
	Day    int64 // since 1970-01-01, in UTC
	Events int64
}

// days counts events by the day of their message time. A time that no log can be of, before 1970 or behind 2199, is none, so
// that hostile times cannot fill memory.
type days map[int64]int64

func (d days) add(r *normalize.Record) {
	ms, ok := r.MessageTime()
	if day := ms / dayMillis; ok && ms >= 0 && day <= lastDay {
		d[day]++
	}
}

func (d days) merge(other days) {
	for day, n := range other {
		d[day] += n
	}
}

// list returns the days with events, in order.
func (d days) list() []Day {
	out := make([]Day, 0, len(d))
	for _, day := range slices.Sorted(maps.Keys(d)) {
		out = append(out, Day{day, d[day]})
	}
	return out
}
