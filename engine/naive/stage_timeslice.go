package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// timeslice sets the start and the end of the slice that the message's time lies in. The twin knows UTC only.
func (p *pipeline) timeslice(s *syntax.Timeslice) {
	width := p.width(s)
	p.sliceWidth = width
	name := check.SliceName(s)
	for _, r := range p.rows {
		start := sliceStart(r.get("_messageTime"), width)
		r.set(name, start)
		r.set(check.SliceEnd, value.Arith(value.Add, r.get(name), value.OfLong(width)))
	}
	p.define(name)
	p.define(check.SliceEnd)
}

// width is how wide the slices are: as the stage says, or as wide as it takes for so many in the searched range. Where that has no
// bounds the messages are its bounds.
func (p *pipeline) width(s *syntax.Timeslice) int64 {
	if s.Width != nil {
		return s.Width.Int
	}
	var times []int64
	for _, r := range p.rows {
		if n, ok := value.ToNumber(r.get("_messageTime")); ok && n.Kind() == value.Long {
			times = append(times, n.Long())
		}
	}
	if len(times) == 0 {
		times = []int64{0}
	}
	from, to := slices.Min(times), slices.Max(times)+1
	if !p.clock.From.IsZero() {
		from = p.clock.From.UnixMilli()
	}
	if !p.clock.To.IsZero() {
		to = p.clock.To.UnixMilli()
	}
	return function.BucketWidth(max(to-from, 0), check.Buckets(s))
}

// sliceStart counts slices from the start of 1970.
func sliceStart(at value.Value, width int64) value.Value {
	n, ok := value.ToNumber(at)
	if !ok || n.Kind() != value.Long {
		return value.Value{}
	}
	slices := n.Long() / width
	if n.Long()%width < 0 {
		slices--
	}
	return value.OfLong(slices * width)
}
