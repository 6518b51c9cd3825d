package agg

import (
	"encoding/binary"

	"retrohunt/engine/value"
)

// count counts rows whose argument is not null; count without an argument is given a constant.
type count struct{ n int64 }

func (s *count) Add(v value.Value) {
	if !v.IsNull() {
		s.n++
	}
}

func (s *count) Merge(other State)   { s.n += other.(*count).n }
func (s *count) Result() value.Value { return value.OfLong(s.n) }

func (s *count) append(dst []byte) []byte { return binary.AppendUvarint(dst, uint64(s.n)) }
func (s *count) read(d *decoder)          { s.n = d.long() }
