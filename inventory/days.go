package inventory

import (
	"encoding/binary"
	"slices"
	"time"
)

const dayMillis = 24 * 60 * 60 * 1000

// dayOf returns the number of the day in UTC, 0 for the first of January 1970.
func dayOf(ms int64) int64 {
	if ms < 0 {
		return (ms+1)/dayMillis - 1
	}
	return ms / dayMillis
}

// Gap is a stretch of whole days in UTC without an event, between days with events.
type Gap struct {
	From, To time.Time // midnight of the first and the last of these days
}

// Days returns the number of days of a gap.
func (g Gap) Days() int64 { return dayOf(g.To.UnixMilli()) - dayOf(g.From.UnixMilli()) + 1 }

// Days are the days in UTC that a group has events of.
type Days struct {
	Count int
	More  bool  // there are more than MaxNames of them; then the gaps are not known
	Gaps  []Gap // in the order of time
}

func daysOf(t *tally) Days {
	t.prune()
	d := Days{Count: len(t.kept), More: t.over}
	if t.over {
		return d
	}
	var days []int64
	for key := range t.kept {
		days = append(days, int64(binary.BigEndian.Uint64([]byte(key))))
	}
	slices.Sort(days)
	for i := 1; i < len(days); i++ {
		if days[i-1]+1 < days[i] {
			d.Gaps = append(d.Gaps, Gap{midnight(days[i-1] + 1), midnight(days[i] - 1)})
		}
	}
	return d
}

func midnight(day int64) time.Time { return time.UnixMilli(day * dayMillis).UTC() }
