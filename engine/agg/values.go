package agg

import (
	"slices"
	"strings"

	"retrohunt/engine/value"
)

// mostValues is how many values values shows (G/values).
const mostValues = 100

// valueList is values: the different values of a field as texts, one a line, by code point. Of more than 100 it shows the
// least, so that the order of rows does not matter. Null is no value; over nothing it is null.
type valueList struct {
	texts []string // ascending
	text  []byte   // scratch
	bytes int      // of all texts that there were
}

func (s *valueList) Add(v value.Value) {
	if v.IsNull() {
		return
	}
	s.text = v.AppendText(s.text[:0])
	s.insert(s.text)
}

func (s *valueList) insert(text []byte) {
	i, known := slices.BinarySearchFunc(s.texts, text, compare)
	if known || i == mostValues {
		return
	}
	if len(s.texts) == mostValues {
		s.texts = s.texts[:mostValues-1]
	}
	s.texts = slices.Insert(s.texts, i, string(text))
	s.bytes += textCost + len(text)
}

// textCost is what a text takes beside its bytes.
const textCost = 16

// compare compares without allocating a text.
func compare(t string, text []byte) int {
	switch {
	case t < string(text):
		return -1
	case t == string(text):
		return 0
	}
	return 1
}

func (s *valueList) Merge(other State) {
	for _, t := range other.(*valueList).texts {
		s.insert([]byte(t))
	}
}

func (s *valueList) Result() value.Value { return lines(s.texts) }

// lines is texts with line ends between them, null if there are none.
func lines(texts []string) value.Value {
	if len(texts) == 0 {
		return value.Value{}
	}
	return value.OfString(strings.Join(texts, "\n"))
}

func (s *valueList) append(dst []byte) []byte { return appendTexts(dst, s.texts) }

func (s *valueList) read(d *decoder) {
	n := d.count(1)
	d.check(n <= mostValues)
	for range n {
		text := strings.Clone(d.text())
		d.check(len(s.texts) == 0 || s.texts[len(s.texts)-1] < text)
		s.texts = append(s.texts, text)
	}
}

func (s *valueList) size() int { return s.bytes }
