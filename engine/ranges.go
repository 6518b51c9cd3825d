package engine

import "time"

// Range returns the range of time that the query's clock has; an end that is open is the zero Time.
func (q *Query) Range() (from, to time.Time) { return q.clock.From, q.clock.To }

// LookBacks returns how far before the range of time that is asked for the earlier ranges are that the query compares it with: none,
// unless it has a compare. Such a query takes the range from its clock, whose From and To it needs, and wants the events of all
// these ranges; of other events it takes no notice.
func (q *Query) LookBacks() []time.Duration {
	op, _ := q.plan.Compare()
	if op == nil {
		return nil
	}
	out := make([]time.Duration, len(op.Shifts))
	for i, ms := range op.Shifts {
		out[i] = time.Duration(ms) * time.Millisecond
	}
	return out
}
