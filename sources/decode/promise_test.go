package decode

import (
	"bytes"
	"testing"

	"retrohunt/internal/race"
)

// perStream is what reading a stream may allocate: the names in the header of CSV. An event costs nothing in any format.
var perStream = map[Format]float64{CSV: 16}

func TestEventsAreDecodedWithoutAllocating(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector is on")
	}
	for _, s := range streams {
		reader := bytes.NewReader(s.text)
		d := New(s.format, reader, Options{})
		n := testing.AllocsPerRun(10, func() {
			reader.Reset(s.text)
			d.Reset(reader)
			for {
				if _, err := d.Next(); err != nil {
					return
				}
			}
		})
		if n > perStream[s.format] {
			t.Errorf("%s: %v allocations for %d events", s.name, n, s.events)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, s := range []struct {
		name   string
		format Format
		text   []byte
	}{
		{"xml", EventXML, xmlFile(2000)},
		{"keyvalue", KeyValue, []byte(keyValueFile(2000))},
		{"csv", CSV, []byte(csvFile(20_000))},
		{"evtx", EVTX, evtxFile(50, 200)},
	} {
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(s.text)))
			b.ReportAllocs()
			reader := bytes.NewReader(s.text)
			d := New(s.format, reader, Options{})
			for b.Loop() {
				reader.Reset(s.text)
				d.Reset(reader)
				for {
					if _, err := d.Next(); err != nil {
						break
					}
				}
			}
		})
	}
}
