package agg

import (
	"github.com/axiomhq/hyperloglog"

	"retrohunt/engine/value"
)

const (
	// exactDistinct is how many different values an approximate count keeps themselves; with more it keeps a sketch.
	exactDistinct = 256
	// distinctRegisters is how many registers a sketch has, of a byte each: the standard error is 1.04 by their square root.
	distinctRegisters = 1 << 14
)

// approxCountDistinct counts different values in bounded memory, by HyperLogLog. Which form it has depends on how many there are, and a
// register is the greatest of what its values say, so the estimate is the same in whatever order values come and parts are merged.
type approxCountDistinct struct {
	exact  countDistinct
	sketch *hyperloglog.Sketch // nil while values are kept
}

func (s *approxCountDistinct) Add(v value.Value) {
	if s.sketch == nil {
		s.exact.Add(v)
		s.settle()
		return
	}
	if v.IsNull() {
		return
	}
	s.exact.key = value.AppendKey(s.exact.key[:0], v)
	s.sketch.Insert(s.exact.key)
}

// settle goes over to a sketch when there are too many values to keep.
func (s *approxCountDistinct) settle() {
	if len(s.exact.seen) <= exactDistinct {
		return
	}
	s.sketch = hyperloglog.NewNoSparse()
	s.insert(&s.exact)
	s.exact = countDistinct{key: s.exact.key}
}

func (s *approxCountDistinct) insert(values *countDistinct) {
	for key := range values.seen {
		s.sketch.Insert([]byte(key))
	}
}

func (s *approxCountDistinct) Merge(other State) {
	o := other.(*approxCountDistinct)
	switch {
	case s.sketch == nil && o.sketch == nil:
		s.exact.Merge(&o.exact)
		s.settle()
		return
	case s.sketch == nil:
		s.sketch, o.sketch = o.sketch, nil
		s.insert(&s.exact)
		s.exact = countDistinct{key: s.exact.key}
	}
	if o.sketch == nil {
		s.insert(&o.exact)
		return
	}
	if err := s.sketch.Merge(o.sketch); err != nil {
		panic("agg: sketches of one precision do not merge: " + err.Error())
	}
}

func (s *approxCountDistinct) Result() value.Value {
	if s.sketch == nil {
		return s.exact.Result()
	}
	return value.OfLong(int64(s.sketch.Estimate()))
}

func (s *approxCountDistinct) append(dst []byte) []byte {
	if s.sketch == nil {
		return s.exact.append(append(dst, 0))
	}
	sketch, err := s.sketch.MarshalBinary()
	if err != nil {
		panic("agg: a sketch has no bytes: " + err.Error())
	}
	return appendText(append(dst, 1), sketch)
}

func (s *approxCountDistinct) read(d *decoder) {
	switch d.bytes(1) {
	case "\x00":
		s.exact.read(d)
		d.check(len(s.exact.seen) <= exactDistinct)
	case "\x01":
		text := d.text()
		d.check(len(text) > distinctRegisters && len(text) <= 2*distinctRegisters)
		s.sketch = hyperloglog.NewNoSparse()
		if fresh := hyperloglog.NewNoSparse(); !d.bad {
			read := &hyperloglog.Sketch{}
			d.check(read.UnmarshalBinary([]byte(text)) == nil && fresh.Merge(read) == nil)
			s.sketch = fresh
		}
	default:
		d.fail()
	}
}

func (s *approxCountDistinct) size() int {
	if s.sketch != nil {
		return distinctRegisters
	}
	return s.exact.size()
}
