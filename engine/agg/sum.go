package agg

import (
	"encoding/binary"

	"retrohunt/engine/value"
)

// sum adds what casts to a number and skips the rest; null if nothing does. The result is a double, correctly rounded.
type sum struct {
	total exactSum
	n     int64
}

func (s *sum) Add(v value.Value) {
	if n, ok := value.ToNumber(v); ok {
		s.total.add(n)
		s.n++
	}
}

func (s *sum) Merge(other State) {
	o := other.(*sum)
	s.total.merge(&o.total)
	s.n += o.n
}

func (s *sum) Result() value.Value {
	if s.n == 0 {
		return value.Value{}
	}
	return value.OfDouble(s.total.over(1))
}

func (s *sum) append(dst []byte) []byte {
	return s.total.append(binary.AppendUvarint(dst, uint64(s.n)))
}

func (s *sum) read(d *decoder) {
	s.n = d.long()
	s.total.read(d)
}
