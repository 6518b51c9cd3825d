package stream

import (
	"encoding/binary"
	"unicode/utf8"

	"retrohunt/internal/swar"
	"retrohunt/sources"
)

// latin1 makes events that are no UTF-8 readable: a byte is then the character of that number, as in ISO 8859-1. Old agents
// and hand-made exports write so; the alternative is a text that no pattern finds.
type latin1 struct{ raw, json []byte }

// Readable returns an event as a run reads it: in UTF-8.
func Readable(e sources.Event) sources.Event {
	e, _ = new(latin1).readable(e, false)
	return e
}

// readable returns the event in UTF-8, and whether it had to be converted. ascii says that its JSON is known to be ASCII. What is
// converted is valid until the next call.
func (l *latin1) readable(e sources.Event, ascii bool) (sources.Event, bool) {
	same := sameBytes(e.JSON, e.Raw)
	if (ascii || isUTF8(e.JSON)) && (same || isUTF8(e.Raw)) {
		return e, false
	}
	l.json = appendLatin1(l.json[:0], e.JSON)
	if e.JSON = l.json; same {
		e.Raw = l.json
		return e, true
	}
	l.raw = appendLatin1(l.raw[:0], e.Raw)
	e.Raw = l.raw
	return e, true
}

// isUTF8 is utf8.Valid, faster where most is ASCII, as it mostly is.
func isUTF8(text []byte) bool {
	for {
		for len(text) >= 32 {
			b := (*[32]byte)(text)
			any := binary.LittleEndian.Uint64(b[:]) | binary.LittleEndian.Uint64(b[8:]) | binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:])
			if any&swar.HighBits != 0 {
				break
			}
			text = text[32:]
		}
		n := min(32, len(text))
		for n < len(text) && n < 32+utf8.UTFMax && !utf8.RuneStart(text[n]) {
			n++
		}
		if !utf8.Valid(text[:n]) {
			return false
		}
		if text = text[n:]; len(text) == 0 {
			return true
		}
	}
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
