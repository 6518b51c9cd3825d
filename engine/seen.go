package engine

import (
	"time"

	"retrohunt/engine/plan"
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
// keeps its own; one with a transpose has neither. The table has its Days, too.
func (q *Query) WithSeen() *Query {
	return &Query{q.tree, q.info, plan.BuildSeen(q.tree, q.info), q.clock, true}
}

// formatSeen makes texts of the times in the columns that WithSeen added.
func (q *Query) formatSeen(rows [][]value.Value) {
	added := len(q.plan.Columns) - len(q.info.Columns)
	for _, row := range rows {
		for i := len(row) - added; i < len(row); i++ {
			row[i] = timeText(row[i])
		}
	}
}

// timeText makes a text of what an aggregate makes of times in milliseconds: a double.
func timeText(v value.Value) value.Value {
	if v.IsNull() {
		return v
	}
	return value.OfString(time.UnixMilli(int64(v.Double())).UTC().Format(TimeLayout))
}
