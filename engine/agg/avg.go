package agg

import "retrohunt/engine/value"

// avg is the mean of what casts to a number, correctly rounded; null if nothing does.
type avg struct{ sum }

func (s *avg) Merge(other State) { s.sum.Merge(&other.(*avg).sum) }

func (s *avg) Result() value.Value {
	if s.n == 0 {
		return value.Value{}
	}
	return value.OfDouble(s.total.over(s.n))
}
