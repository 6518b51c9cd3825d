package stream

import (
	"unicode/utf8"

	"retrohunt/sources"
)

// latin1 makes events that are no UTF-8 readable: a byte is then the character of that number, as in ISO 8859-1. Old agents
// and hand-made exports write so; the alternative is a text that no pattern finds.
type latin1 struct{ raw, json []byte }

// readable returns the event in UTF-8, and whether it had to be converted. What is converted is valid until the next call.
func (l *latin1) readable(e sources.Event) (sources.Event, bool) {
	if utf8.Valid(e.JSON) && (sameBytes(e.JSON, e.Raw) || utf8.Valid(e.Raw)) {
		return e, false
	}
	same := sameBytes(e.JSON, e.Raw)
	l.json = appendLatin1(l.json[:0], e.JSON)
	if e.JSON = l.json; same {
		e.Raw = l.json
		return e, true
	}
	l.raw = appendLatin1(l.raw[:0], e.Raw)
	e.Raw = l.raw
	return e, true
}

// sameBytes reports whether two slices are the same memory.
func sameBytes(a, b []byte) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// appendLatin1 appends a text in UTF-8: as it is if it is valid, each byte as a character if not.
func appendLatin1(dst, text []byte) []byte {
	if utf8.Valid(text) {
		return append(dst, text...)
	}
	for _, c := range text {
		dst = utf8.AppendRune(dst, rune(c))
	}
	return dst
}
