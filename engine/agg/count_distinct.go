package agg

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/value"
)

// countDistinct counts the different values, exactly. Null is no value; the empty text is one.
type countDistinct struct {
	seen  map[string]struct{} // by value.AppendKey
	key   []byte              // scratch
	bytes int                 // of the texts in seen
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
	s.bytes += len(s.key)
}

func (s *countDistinct) Merge(other State) {
	o := other.(*countDistinct)
	if s.seen == nil {
		s.seen, s.bytes = o.seen, o.bytes
		return
	}
	for key := range o.seen {
		if _, known := s.seen[key]; !known {
			s.seen[key] = struct{}{}
			s.bytes += len(key)
		}
	}
}

func (s *countDistinct) Result() value.Value { return value.OfLong(int64(len(s.seen))) }

func (s *countDistinct) append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(s.seen)))
	for _, key := range slices.Sorted(maps.Keys(s.seen)) {
		dst = appendText(dst, key)
	}
	return dst
}

func (s *countDistinct) read(d *decoder) {
	n := d.count(1)
	s.seen = make(map[string]struct{}, n)
	for range n {
		key := strings.Clone(d.text())
		s.seen[key] = struct{}{}
		s.bytes += len(key)
	}
	d.check(len(s.seen) == n)
}

// entryCost is what an entry of a map costs beside its text, about, in bytes.
const entryCost = 48

func (s *countDistinct) size() int { return s.bytes + entryCost*len(s.seen) }
