package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// piece is what one call of Next says of a stream: an event, or what is lost.
type piece struct {
	Line, Offset int64
	Raw, JSON    string // of an event
	Lost         string // its reason
	Length       int64
	Records      int
}

// readAll reads a stream to its end. last is why it ended.
func readAll(d Decoder) (pieces []piece, last error) {
	for {
		e, err := d.Next()
		var lost *Lost
		switch {
		case err == nil:
			pieces = append(pieces, piece{Line: e.Line, Offset: e.Offset, Raw: string(e.Raw), JSON: string(e.JSON)})
		case errors.As(err, &lost):
			pieces = append(pieces, piece{Line: lost.Line, Offset: lost.Offset, Lost: lost.Reason, Length: lost.Length, Records: lost.Records})
		default:
			return pieces, err
		}
	}
}

func events(pieces []piece) (out []piece) {
	for _, p := range pieces {
		if p.Lost == "" {
			out = append(out, p)
		}
	}
	return out
}

// streams are whole streams of our own making, one of each format and form.
var streams = []struct {
	name   string
	format Format
	text   []byte
	events int
}{
	{"xml lines", EventXML, []byte(strings.Repeat(xmlEvent(1)+"\n", 20)), 20},
	{"xml with a root", EventXML, xmlFile(30), 30},
	{"key=value", KeyValue, []byte(keyValueFile(20)), 20},
	{"csv", CSV, []byte(csvFile(50)), 50},
	{"evtx", EVTX, evtxFile(5, 30), 150},
}

func TestStreamsAreDetectedAndReadWhole(t *testing.T) {
	for _, s := range streams {
		t.Run(s.name, func(t *testing.T) {
			if got := Detect(s.text[:min(len(s.text), DetectSize)]); got != s.format {
				t.Fatalf("detected %s", got)
			}
			pieces, err := readAll(New(s.format, bytes.NewReader(s.text), Options{}))
			if err != io.EOF || len(pieces) != s.events || len(events(pieces)) != s.events {
				t.Fatalf("%d pieces, %d events, %v", len(pieces), len(events(pieces)), err)
			}
			for _, p := range pieces {
				if !json.Valid([]byte(p.JSON)) {
					t.Errorf("not JSON: %s", p.JSON)
				}
				if s.format != EVTX && !bytes.HasPrefix(s.text[p.Offset:], []byte(p.Raw)) {
					t.Errorf("at %d there is no %.40q", p.Offset, p.Raw)
				}
				if line := int64(1 + bytes.Count(s.text[:p.Offset], newline)); s.format != EVTX && p.Line != line {
					t.Errorf("line %d, want %d", p.Line, line)
				}
			}
		})
	}
}

func TestSmallReadsEqualBigReads(t *testing.T) {
	for _, s := range streams {
		whole, _ := readAll(New(s.format, bytes.NewReader(s.text), Options{}))
		for _, slow := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
			got, err := readAll(New(s.format, slow(bytes.NewReader(s.text)), Options{}))
			if diff := cmp.Diff(whole, got); diff != "" || err != io.EOF {
				t.Errorf("%s: %v (-big reads +small reads)\n%s", s.name, err, diff)
			}
		}
	}
}

func TestADecoderReadsOneStreamAfterAnother(t *testing.T) {
	for _, s := range streams {
		d := New(s.format, bytes.NewReader(s.text[:len(s.text)/2]), Options{})
		readAll(d)
		for range 2 {
			d.Reset(bytes.NewReader(s.text))
			if pieces, err := readAll(d); len(events(pieces)) != s.events || err != io.EOF {
				t.Errorf("%s: %d events after Reset, %v", s.name, len(events(pieces)), err)
			}
		}
	}
}

// TestABrokenStreamGivesEverythingBeforeTheBreak cuts streams with an error of their own, as damaged compression does.
func TestABrokenStreamGivesEverythingBeforeTheBreak(t *testing.T) {
	broken := errors.New("checksum error")
	for _, s := range streams {
		whole, _ := readAll(New(s.format, bytes.NewReader(s.text), Options{}))
		random := rand.New(rand.NewPCG(1, 2))
		for range 100 {
			cut := random.IntN(len(s.text))
			r := io.MultiReader(bytes.NewReader(s.text[:cut]), iotest.ErrReader(broken))
			got, err := readAll(New(s.format, r, Options{}))
			var at *BreakError
			if !errors.As(err, &at) || !errors.Is(err, broken) {
				t.Fatalf("%s cut at %d: %v", s.name, cut, err)
			}
			checkBefore(t, s.name, whole, got, cut, s.format)
		}
	}
}

// checkBefore wants all events that are whole before a place, and no event that is none of the stream's.
func checkBefore(t *testing.T, name string, whole, got []piece, place int, f Format) {
	t.Helper()
	found := map[int64]piece{}
	for _, p := range events(got) {
		found[p.Offset] = p
	}
	for i, p := range whole {
		end := p.Offset + int64(len(p.Raw))
		switch {
		case f == EVTX && i+1 < len(whole) && whole[i+1].Offset/chunkSize == p.Offset/chunkSize:
			end = whole[i+1].Offset
		case f == EVTX:
			continue // its end is not known here
		case f == KeyValue && i+1 < len(whole): // the end of a block shows only by the next one
			end = whole[i+1].Offset + int64(len(timeForm)) + maxKey
		case f == KeyValue:
			continue
		case f == CSV:
			end++ // its line end
		}
		if end < int64(place) && found[p.Offset].JSON != p.JSON {
			t.Fatalf("%s, damaged at %d: the event at %d is not as it was:\n%s\n%s", name, place, p.Offset, p.JSON, found[p.Offset].JSON)
		}
	}
}

// TestDamageLosesNoEventBeforeIt cuts, flips and inserts at 1,000 random places: every event wholly before the damage
// comes out as it was, nothing panics, and if fewer events come out something is named.
func TestDamageLosesNoEventBeforeIt(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 1000 {
		s := streams[i%len(streams)]
		whole, _ := readAll(New(s.format, bytes.NewReader(s.text), Options{}))
		place := random.IntN(len(s.text))
		if s.format == EVTX && place < evtxHeaderSize {
			place += evtxHeaderSize // damage in the file's header is nothing, or everything
		}
		kind := damages[random.IntN(len(damages))]
		damaged := kind.do(bytes.Clone(s.text), place, random)
		got, err := readAll(New(s.format, bytes.NewReader(damaged), Options{}))
		checkBefore(t, s.name, whole, got, place, s.format)
		var broke *BreakError
		switch missing := s.events - len(events(got)); {
		case err != io.EOF && !errors.As(err, &broke):
			t.Fatalf("%s, damaged at %d: %v", s.name, place, err)
		case missing > 0 && err == io.EOF && len(got) == len(events(got)) && !kind.quiet && s.format != KeyValue:
			t.Fatalf("%s, damaged at %d: %d events are missing, and nothing is named", s.name, place, missing)
		}
	}
}

// damages are what may happen to a stream. A quiet one can make fewer events without a trace: a cut between two, or a stretch
// that is overwritten from within one event to the same place within another. So can any damage to the first line of a
// key=value block, which then is text of the block before.
var damages = []struct {
	quiet bool
	do    func(text []byte, place int, random *rand.Rand) []byte
}{
	{true, func(text []byte, place int, _ *rand.Rand) []byte { return text[:place] }},
	{true, func(text []byte, place int, random *rand.Rand) []byte {
		copy(text[place:], junk(random))
		return text
	}},
	{false, func(text []byte, place int, random *rand.Rand) []byte {
		text[place] ^= 1 << random.IntN(8)
		return text
	}},
	{false, func(text []byte, place int, random *rand.Rand) []byte {
		return append(append(bytes.Clone(text[:place]), junk(random)...), text[place:]...)
	}},
}

func junk(random *rand.Rand) []byte {
	out := make([]byte, 1+random.IntN(600))
	for i := range out {
		out[i] = byte(random.Uint32())
	}
	return out
}

func TestLongEventsAreLostAndTheNextOnesRead(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, c := range []struct {
		format       Format
		before, text string
		after        string
		want         []string
	}{
		{EventXML, xmlEvent(1) + "\n", "<Event><EventData><Data Name='a'>" + long + "</Data></EventData></Event>\n", xmlEvent(2), []string{"", "longer than 2000 bytes", ""}},
		{KeyValue, keyValueEvent(1) + "\n", strings.Replace(keyValueEvent(2), "cmd.exe", long, 1) + "\n", keyValueEvent(3), []string{"", "longer than 2000 bytes", ""}},
		{CSV, "a,b\n1,2\n", "3," + long + "\n", "5,6\n", []string{"", "longer than 2000 bytes", ""}},
	} {
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
			text := c.before + c.text + c.after
			got, err := readAll(New(c.format, wrap(strings.NewReader(text)), Options{MaxEvent: 2000}))
			var reasons []string
			for _, p := range got {
				reasons = append(reasons, p.Lost)
				if p.Lost != "" && (p.Offset != int64(len(c.before)) || p.Length != int64(len(c.text)) || p.Records != 1) {
					t.Errorf("%s: %+v, want %d bytes at %d", c.format, p, len(c.text), len(c.before))
				}
			}
			if diff := cmp.Diff(c.want, reasons); diff != "" || err != io.EOF {
				t.Errorf("%s: %v\n%s", c.format, err, diff)
			}
		}
	}
}

func TestUnknownFormatsHaveNoDecoder(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	New(Unknown, strings.NewReader(""), Options{})
}

func TestEmptyStreams(t *testing.T) {
	for _, f := range []Format{EventXML, KeyValue, CSV} {
		for _, text := range []string{"", byteOrderMark, "\n\n"} {
			if got, err := readAll(New(f, strings.NewReader(text), Options{})); len(got) > 0 || err != io.EOF {
				t.Errorf("%s of %q: %v, %v", f, text, got, err)
			}
		}
	}
}

// fuzzDecoder holds what is true of any stream: no panic, an end, JSON for each event, places that do not go back, and the
// same pieces whether the stream comes in one piece or byte by byte.
func fuzzDecoder(f *testing.F, format Format, seeds ...string) {
	for _, s := range streams {
		if s.format == format {
			f.Add(s.text[:min(len(s.text), 3000)])
		}
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		o := Options{MaxEvent: 1000}
		got, err := readAll(New(format, bytes.NewReader(text), o))
		var broke *BreakError
		if err != io.EOF && !errors.As(err, &broke) {
			t.Fatal(err)
		}
		at := int64(-1)
		for _, p := range got {
			if p.Offset < at || p.Offset > int64(len(text)) {
				t.Fatalf("an offset of %d behind %d", p.Offset, at)
			}
			at = p.Offset
			if p.Lost == "" && !json.Valid([]byte(p.JSON)) {
				t.Fatalf("not JSON: %s", p.JSON)
			}
		}
		slow, slowErr := readAll(New(format, iotest.OneByteReader(bytes.NewReader(text)), o))
		if diff := cmp.Diff(got, slow); diff != "" || fmt.Sprint(err) != fmt.Sprint(slowErr) {
			t.Fatalf("%v, %v (-big reads +small reads)\n%s", err, slowErr, diff)
		}
	})
}

func FuzzEventXML(f *testing.F) {
	f.Add([]byte("<Event><![CDATA[</Event>]]></Event><!-- <Event> -->"))
	fuzzDecoder(f, EventXML, "<Event/><Event", "<Events><Event></Event></Events>x<Event><Event></Event>")
}

func FuzzKeyValue(f *testing.F) {
	fuzzDecoder(f, KeyValue, "01/02/2026 03:04:05 AM\nA=b\nMessage=x\n\nS:\n\tL:\t\tv\n\t\t\tw\n01/02/2026 03:04:05.123 PM\nA=")
}

func FuzzCSV(f *testing.F) {
	fuzzDecoder(f, CSV, "a,b\n1,\"2\"\"3\n4\"\n5,\"6\n7,8", "a;b\r\n\"\";\"x\"\r\n")
}

func FuzzEVTX(f *testing.F) {
	f.Add(evtxFile(1, 2))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, _ := readAll(New(EVTX, bytes.NewReader(text), Options{}))
		for _, p := range got {
			if p.Lost == "" && !json.Valid([]byte(p.JSON)) {
				t.Fatalf("not JSON: %s", p.JSON)
			}
		}
	})
}

// short tells a piece in a line: of an event with the one field a just its text.
func (p piece) short() string {
	var one struct{ A *string }
	switch {
	case p.Lost != "":
		return fmt.Sprintf("lost %d at %d, %d records: %s", p.Length, p.Offset, p.Records, p.Lost)
	case json.Unmarshal([]byte(p.JSON), &one) == nil && one.A != nil && strings.Count(p.JSON, `":`) == 1:
		return *one.A
	}
	return p.JSON
}

// rawPieces tells pieces in a line each: of an event its offset, line and text.
func rawPieces(pieces []piece) (out []string) {
	for _, p := range pieces {
		if p.Lost != "" {
			out = append(out, p.short())
		} else {
			out = append(out, fmt.Sprintf("%d %d %s", p.Offset, p.Line, p.Raw))
		}
	}
	return out
}
