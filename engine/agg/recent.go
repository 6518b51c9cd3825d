package agg

import (
	"cmp"

	"retrohunt/engine/value"
)

// recent is most_recent (sign 1) or least_recent (sign -1) of texts that withtime made; others are skipped. Values without a
// time count only where none has one. Of values of one time it is that with the greatest text, or with the least.
type recent struct {
	sign  int
	at    value.Value
	json  []byte
	found bool
}

func (s *recent) Add(v value.Value) {
	if v.Kind() != value.String {
		return
	}
	if at, json, ok := value.SplitTimed(v.Str()); ok {
		s.add(at, json)
	}
}

func (s *recent) add(at value.Value, json string) {
	if s.found && !s.better(at, json) {
		return
	}
	s.at, s.json, s.found = at, append(s.json[:0], json...), true
}

func (s *recent) better(at value.Value, json string) bool {
	if at.IsNull() != s.at.IsNull() {
		return s.at.IsNull()
	}
	return s.sign*cmp.Or(cmp.Compare(at.Long(), s.at.Long()), compare(json, s.json)) > 0
}

func (s *recent) Merge(other State) {
	if o := other.(*recent); o.found {
		s.add(o.at, string(o.json))
	}
}

func (s *recent) Result() value.Value {
	if !s.found {
		return value.Value{}
	}
	return value.ParseTimed(string(s.json))
}

func (s *recent) append(dst []byte) []byte {
	if !s.found {
		return append(dst, 0)
	}
	return appendText(value.AppendBinary(append(dst, 1), s.at), s.json)
}

func (s *recent) read(d *decoder) {
	switch flag := d.bytes(1); flag {
	case "\x00":
	case "\x01":
		s.at = d.value()
		s.json, s.found = []byte(d.text()), true
		d.check(s.at.Kind() == value.Null || s.at.Kind() == value.Long)
	default:
		d.fail()
	}
}
