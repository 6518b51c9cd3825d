package engine

import (
	"iter"
	"slices"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// TimeLayout is how times are written beside rows: RFC 3339 in UTC, with milliseconds.
const TimeLayout = "2006-01-02T15:04:05.000Z07:00"

// The columns that WithSeen adds.
const (
	FirstSeen = plan.FirstSeen
	LastSeen  = plan.LastSeen
)

// WithSeen returns the same query with the columns first_seen and last_seen behind its own: when the earliest and the latest
// event of each row happened, by message time; null where no event of the row has one. A query that has such a column itself
// keeps its own; one with a transpose or a join has neither. The table has its Days, too.
func (q *Query) WithSeen() *Query {
	o := q.plans
	o.Seen = true
	return q.planned(o)
}

func (q *Query) planned(o plan.Options) *Query {
	other := *q
	other.plan, other.plans = plan.Build(q.tree, q.info, o), o
	return &other
}

// withTimes makes texts of the times in the columns that WithSeen added, and of a message's time.
func (q *Query) withTimes(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	added := len(q.plan.Columns) - len(q.info.Columns)
	time := q.timeColumn()
	return func(yield func(rows.Row) bool) {
		for row := range in {
			for i := len(row) - added; i < len(row); i++ {
				row[i] = timeText(row[i])
			}
			if time >= 0 {
				row[time] = timeText(row[time])
			}
			if !yield(row) {
				return
			}
		}
	}
}

// timeColumn is the column with the time of messages, below 0 if there is none.
func (q *Query) timeColumn() int {
	if !q.Messages() {
		return -1
	}
	return slices.Index(q.info.Columns, check.MessageTime)
}

// timeText makes a text of a time in milliseconds: a double, which aggregates make of times, or a long. Any other value that the
// query gave the column stays.
func timeText(v value.Value) value.Value {
	ms := v.Long()
	switch v.Kind() {
	case value.Double:
		ms = int64(v.Double())
	case value.Long:
	default:
		return v
	}
	return value.OfString(time.UnixMilli(ms).UTC().Format(TimeLayout))
}
