package agg

import (
	"maps"

	"retrohunt/engine/value"
)

// countDistinct counts the different values, exactly. Null is no value; the empty text is one.
type countDistinct struct {
	seen map[string]struct{} // by value.AppendKey
	key  []byte              // scratch
}

func (s *countDistinct) Add(v value.Value) {
	if v.IsNull() {
		return
	}
	s.key = value.AppendKey(s.key[:0], v)
	if _, known := s.seen[string(s.key)]; known {
		return
	}
	if s.seen == nil {
		s.seen = map[string]struct{}{}
	}
	s.seen[string(s.key)] = struct{}{}
}

func (s *countDistinct) Merge(other State) {
	o := other.(*countDistinct)
	if s.seen == nil {
		s.seen = o.seen
		return
	}
	maps.Copy(s.seen, o.seen)
}

func (s *countDistinct) Result() value.Value { return value.OfLong(int64(len(s.seen))) }
