package literal

import "bytes"

// Short looks for literals one by one, by a byte of each that is rare in logs.
type Short struct{ spellings [][]byte }

// NewShort compiles literals of a few bytes, none of which is empty.
func NewShort(list []Literal) *Short {
	s := &Short{}
	for _, l := range list {
		s.spellings = append(s.spellings, l.spellings()...)
	}
	return s
}

// Index returns where the first of the literals begins in b, or -1. It looks for a first byte that several share only once.
func (s *Short) Index(b []byte) int {
	first, whole := -1, b
	absent := -1
	for _, text := range s.spellings {
		if int(text[0]) == absent {
			continue
		}
		at := bytes.IndexByte(b, text[0])
		if at < 0 {
			absent = int(text[0])
			continue
		}
		if i := bytes.Index(b[at:], text); i >= 0 && (first < 0 || at+i < first) {
			first = at + i
			b = whole[:min(len(whole), first+longestShort-1)]
		}
	}
	return first
}
