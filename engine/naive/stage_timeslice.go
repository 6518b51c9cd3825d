package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// timeslice sets the start and the end of the slice that the message's time lies in. The twin knows UTC only.
func (p *pipeline) timeslice(s *syntax.Timeslice) {
	p.sliceWidth = s.Width.Int
	name := check.SliceName(s)
	for _, r := range p.rows {
		start := sliceStart(r.get("_messageTime"), s.Width.Int)
		r.set(name, start)
		r.set(check.SliceEnd, value.Arith(value.Add, r.get(name), value.OfLong(s.Width.Int)))
	}
	p.define(name)
	p.define(check.SliceEnd)
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
