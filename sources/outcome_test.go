package sources_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"retrohunt/sources"
)

// stdin is the input that reads Options.Stdin.
var stdin = sources.Input{Name: "-", Size: -1}

// outcome is what a reader said of one input: a line for each event, malformed stretch, skip and damage.
type outcome struct {
	lines  []string
	events []string // their text
	places []placed // of events and malformed stretches
	stats  sources.Stats
	damage *sources.DamageError
	skip   *sources.SkipError
	lost   int64 // bytes of malformed stretches
}

// placed is where an event or a malformed stretch stands.
type placed struct {
	event                         bool
	ordinal, line, offset, length int64
}

func (o *outcome) add(e sources.Event, err error) {
	var malformed *sources.MalformedError
	switch {
	case err == nil:
		o.events = append(o.events, string(e.Raw))
		o.places = append(o.places, placed{true, e.Ordinal, e.Line, e.Offset, int64(len(e.Raw))})
		o.lines = append(o.lines, fmt.Sprintf("%d line %d at %d: %s", e.Ordinal, e.Line, e.Offset, e.Raw))
	case errors.As(err, &malformed):
		o.lost += malformed.Length
		o.places = append(o.places, placed{false, 0, malformed.Line, malformed.Offset, malformed.Length})
		o.lines = append(o.lines, fmt.Sprintf("malformed line %d at %d+%d: %v", malformed.Line, malformed.Offset, malformed.Length, err))
	case errors.As(err, &o.skip):
		o.lines = append(o.lines, fmt.Sprintf("skipped: %v", err))
	case errors.As(err, &o.damage):
		o.lines = append(o.lines, fmt.Sprintf("damaged: %v", err))
	default:
		o.lines = append(o.lines, fmt.Sprintf("unexpected error: %v", err))
	}
}

func (o *outcome) text() string { return strings.Join(o.lines, "\n") }

// frame reads one stream to its end.
func frame(r io.Reader, options sources.Options) *outcome {
	options.Stdin = r
	return readAll(sources.NewReader(options), stdin)
}

func frameString(s string) *outcome { return frame(strings.NewReader(s), sources.Options{}) }

func readAll(r *sources.Reader, in sources.Input) *outcome {
	o := &outcome{}
	err := r.Open(in)
	if err == nil {
		defer r.Close()
		_, err = r.NextInput()
	}
	if err != nil {
		o.add(sources.Event{}, err)
		return o
	}
	o.readEvents(r)
	return o
}

// readEvents reads the open stream to its end.
func (o *outcome) readEvents(r *sources.Reader) {
	for o.damage == nil {
		e, err := r.Next()
		if err == io.EOF {
			break
		}
		o.add(e, err)
	}
	o.stats = r.Stats()
}

// pieces are ways in which the same bytes may arrive.
var pieces = map[string]func(b []byte) io.Reader{
	"whole":              func(b []byte) io.Reader { return bytes.NewReader(b) },
	"byte by byte":       func(b []byte) io.Reader { return iotest.OneByteReader(bytes.NewReader(b)) },
	"the end with bytes": func(b []byte) io.Reader { return iotest.DataErrReader(bytes.NewReader(b)) },
	"halves":             func(b []byte) io.Reader { return iotest.HalfReader(bytes.NewReader(b)) },
}

// check frames src however it arrives, and compares the outcome.
func check(t *testing.T, src, framing, want string, options sources.Options) {
	t.Helper()
	want = strings.TrimSpace(strings.ReplaceAll(want, "\t", ""))
	for name, arrive := range pieces {
		got := frame(arrive([]byte(src)), options)
		if got.text() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got.text(), want)
		}
		if got.stats.Framing != framing {
			t.Errorf("%s: framed as %q, want %q", name, got.stats.Framing, framing)
		}
	}
}
