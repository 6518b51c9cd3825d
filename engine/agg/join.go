package agg

import (
	"strings"

	"retrohunt/engine/value"
)

// joined is the texts of all values that are not null, in the order of Add, with a separator between them. Like first and last it
// depends on the order of rows. Over nothing it is null.
type joined struct {
	separator string
	any       bool
	text      []byte
}

func (s *joined) Add(v value.Value) {
	if v.IsNull() {
		return
	}
	s.next()
	s.text = v.AppendText(s.text)
}

// next makes room for a text behind those so far.
func (s *joined) next() {
	if s.any {
		s.text = append(s.text, s.separator...)
	}
	s.any = true
}

func (s *joined) Merge(other State) {
	if o := other.(*joined); o.any {
		s.next()
		s.text = append(s.text, o.text...)
	}
}

func (s *joined) Result() value.Value {
	if !s.any {
		return value.Value{}
	}
	return value.OfString(string(s.text))
}

func (s *joined) append(dst []byte) []byte {
	return appendText(value.AppendBinary(dst, value.OfBool(s.any)), s.text)
}

func (s *joined) read(d *decoder) {
	s.any = d.value() == value.OfBool(true)
	s.text = []byte(d.text())
	d.check(s.any || len(s.text) == 0)
}

func (s *joined) size() int { return len(s.text) }

// distinct is the different texts among the values that are not null, each where it was first in the order of Add, with line ends
// between them. Over nothing it is null.
type distinct struct {
	seen  map[string]bool
	texts []string
	text  []byte // scratch
	bytes int
}

func (s *distinct) Add(v value.Value) {
	if v.IsNull() {
		return
	}
	s.text = v.AppendText(s.text[:0])
	if !s.seen[string(s.text)] {
		s.insert(string(s.text))
	}
}

func (s *distinct) insert(text string) {
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[text] = true
	s.texts = append(s.texts, text)
	s.bytes += distinctCost + len(text)
}

// distinctCost is what a text takes in the list and the map beside its bytes.
const distinctCost = 64

func (s *distinct) Merge(other State) {
	for _, text := range other.(*distinct).texts {
		if !s.seen[text] {
			s.insert(text)
		}
	}
}

func (s *distinct) Result() value.Value { return lines(s.texts) }

func (s *distinct) append(dst []byte) []byte { return appendTexts(dst, s.texts) }

func (s *distinct) read(d *decoder) {
	for range d.count(1) {
		text := strings.Clone(d.text())
		d.check(!s.seen[text])
		s.insert(text)
	}
}

func (s *distinct) size() int { return s.bytes }
