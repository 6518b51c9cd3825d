package sources_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"testing/iotest"

	"retrohunt/sources"
)

// FuzzFrame frames any bytes: each event stands in the stream at its offset and line, one behind the other; nothing is
// delivered and called malformed at once; and the outcome does not depend on how the bytes arrive.
func FuzzFrame(f *testing.F) {
	for _, s := range []string{
		"{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}", "\ufeff[{\"a\":1},\n{\"a\":\"2},{\"a\":3}]", `{"Records":[{"a":1},{"a":2,{"a":3}],"x":[1]}{"b":1}`,
		"{\n\"a\":1\n}\n{\n\"a\":2\n}", `{"count":2,"value":[{"a":[{"a":1}]}]!,{"a":2}]}`, `[[{"a":"\\\""}],[17,{"a":2}]]`, `{"a":1}{"a":2},{"b":"12345678901234567890"}`,
		string(utf16Of(binary.LittleEndian, "\ufeff{\"a\":\"é\"}\n{\"a\":2}")), string(utf16Of(binary.BigEndian, "[{\"a\":1},{\"a\":\"😀\"}]")),
		"x\n{\"a\":1}\n[{\"a\":1}]\n", `{"nextLink":"` + strings.Repeat("x", 40) + `","value":[{"a":1}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		options := sources.Options{MaxEvent: 64}
		got := frame(bytes.NewReader(src), options)
		if got.stats.Encoding == "" && got.stats.Charset == "" && got.stats.Framing != "evtx" { // whose events have no text

			holdsPlaces(t, got, src)
		}
		for name, r := range map[string]*outcome{
			"byte by byte":              frame(iotest.OneByteReader(bytes.NewReader(src)), options),
			"the end with the bytes":    frame(iotest.DataErrReader(bytes.NewReader(src)), options),
			"half of what is asked for": frame(iotest.HalfReader(bytes.NewReader(src)), options),
		} {
			if r.text() != got.text() || r.stats.Framing != got.stats.Framing {
				t.Errorf("%s: framed as %s:\n%s\nwhole: framed as %s:\n%s", name, r.stats.Framing, r.text(), got.stats.Framing, got.text())
			}
		}
	})
}

// isJSONFraming reports whether events of a framing are JSON as they stand, and not what a decoder reads.
func isJSONFraming(framing string) bool {
	switch framing {
	case "lines", "array", "envelope", "objects":
		return true
	}
	return false
}

// holdsPlaces holds that events and malformed stretches stand at their places, in order, without overlapping.
func holdsPlaces(t *testing.T, o *outcome, src []byte) {
	t.Helper()
	end, ordinal := int64(0), int64(0)
	place := func(line, offset, length int64) {
		t.Helper()
		if offset < end || length < 0 || offset+length > int64(len(src)) {
			t.Fatalf("%d bytes at %d of %d, behind %d:\n%s", length, offset, len(src), end, o.text())
		}
		end = offset + length
		if want := int64(bytes.Count(src[:offset], []byte("\n"))) + 1; line != want {
			t.Errorf("line %d at byte %d, want %d:\n%s", line, offset, want, o.text())
		}
	}
	for _, e := range o.places {
		place(e.line, e.offset, e.length)
		if !e.event {
			continue
		}
		if ordinal++; e.ordinal != ordinal {
			t.Errorf("event %d has ordinal %d", ordinal, e.ordinal)
		}
		raw := o.events[ordinal-1]
		if raw != string(src[e.offset:e.offset+e.length]) || isJSONFraming(o.stats.Framing) && !strings.HasPrefix(raw, "{") && !strings.HasPrefix(raw, "[") {
			t.Errorf("event %d is %q", ordinal, raw)
		}
	}
	if o.damage != nil && (o.damage.Offset < end || o.damage.Offset > int64(len(src))) {
		t.Errorf("damaged at %d of %d, behind %d:\n%s", o.damage.Offset, len(src), end, o.text())
	}
}
