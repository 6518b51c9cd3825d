package agg

import "retrohunt/engine/value"

// first is the first value that is not null, in the order of Add; last is the last one. They are for rows that have an
// order, which one table takes one after another: unlike all other functions, they depend on it. Of messages the first is
// the most recent.
type first struct{ v value.Value }

func (s *first) Add(v value.Value) {
	if s.v.IsNull() {
		s.v = v.Clone()
	}
}

func (s *first) Merge(other State)   { s.Add(other.(*first).v) }
func (s *first) Result() value.Value { return s.v }

type last struct{ v value.Value }

func (s *last) Add(v value.Value) {
	if !v.IsNull() {
		s.v = v.Clone()
	}
}

func (s *last) Merge(other State)   { s.Add(other.(*last).v) }
func (s *last) Result() value.Value { return s.v }

func (s *first) append(dst []byte) []byte { return value.AppendBinary(dst, s.v) }
func (s *first) read(d *decoder)          { s.v = d.value() }
func (s *last) append(dst []byte) []byte  { return value.AppendBinary(dst, s.v) }
func (s *last) read(d *decoder)           { s.v = d.value() }
