package agg

import (
	"math"

	"retrohunt/engine/value"
)

// extreme is min (sign 1) or max (sign -1) of what casts to a number; null if nothing does. The result is a double. NaN
// cannot come from a field, and where arithmetic makes one it is skipped: it is neither the least nor the greatest.
type extreme struct {
	sign int
	best value.Value
}

func (s *extreme) Add(v value.Value) {
	n, ok := value.ToNumber(v)
	if !ok || math.IsNaN(n.Double()) {
		return
	}
	if s.best.IsNull() || value.Compare(n, s.best)*s.sign < 0 {
		s.best = n
	}
}

func (s *extreme) Merge(other State) { s.Add(other.(*extreme).best) }

func (s *extreme) Result() value.Value {
	if s.best.Kind() == value.Long {
		return value.OfDouble(float64(s.best.Long()))
	}
	return s.best
}

func (s *extreme) append(dst []byte) []byte { return value.AppendBinary(dst, s.best) }

func (s *extreme) read(d *decoder) {
	s.best = d.value()
	d.check(s.best.Kind() == value.Null || s.best.Kind() == value.Long || s.best.Kind() == value.Double && !math.IsNaN(s.best.Double()))
}
