// Package decode reads log formats that are no JSON: EVTX, Windows events in XML, Splunk's key=value blocks, CSV. Each turns a
// stream into events, every one with a flat JSON object that has the names queries use.
//
// It opens nothing, decompresses nothing and converts no encodings: it gets the decoded stream, in UTF-8 where it is text. It
// reads from front to back in memory that is bounded by the longest event, and goes on behind damage: whatever is no event
// comes out as a *Lost, with its place.
//
// A Decoder belongs to one goroutine, and is used for one stream after another. The events it returns are valid until its
// next call.
//
// The files: decode.go is what all share, detect.go tells the formats apart, window.go is the stream in memory; each format
// has a file, EVTX one for its chunks and two for the binary XML in them.
package decode

import (
	"errors"
	"fmt"
	"io"

	"retrohunt/sources/window"
)

// Event is one event of a stream.
type Event struct {
	Raw    []byte // its text in the stream; nil where it has none, as in EVTX: then JSON is what it has to show
	JSON   []byte // one flat JSON object
	Line   int64  // of its start, 1-based; 0 where there are no lines
	Offset int64  // of its start in the stream, in bytes
}

// Decoder reads the events of a stream.
type Decoder interface {
	// Next returns the next event. Its error is io.EOF at the end of the stream, a *Lost for a stretch that is no event, behind
	// which Next goes on, or a *BreakError where the stream broke off.
	Next() (Event, error)
	// Reset makes the decoder read another stream from its beginning, with the memory it has.
	Reset(r io.Reader)
}

// Lost is a stretch of the stream that is no event, or the records that are known to be missing at a place.
type Lost struct {
	Line    int64  // of its start, 1-based; 0 where there are no lines
	Offset  int64  // of its start in the stream, in bytes
	Length  int64  // in bytes
	Records int    // events that are lost there, as far as it shows
	Reason  string // without the place
}

func (e *Lost) Error() string { return e.Reason }

// BreakError is where reading ended before the end of the stream's last event.
type BreakError struct {
	Line   int64 // 0 where there are no lines
	Offset int64 // everything before it was read
	Err    error
}

func (e *BreakError) Error() string { return e.Err.Error() }
func (e *BreakError) Unwrap() error { return e.Err }

var errCutEvent = errors.New("the input ends inside an event")

// DefaultMaxEvent is the longest event that is read unless Options say otherwise: 64 MiB.
const DefaultMaxEvent = 64 << 20

// Options are what decoding needs to know beside the stream.
type Options struct {
	MaxEvent int // bytes; a longer event is passed over and Lost. 0 is DefaultMaxEvent. EVTX has records of 64 KiB at most
}

// New returns a decoder of a format for a stream. There is none for Unknown.
func New(f Format, r io.Reader, o Options) Decoder {
	if o.MaxEvent <= 0 {
		o.MaxEvent = DefaultMaxEvent
	}
	var d Decoder
	switch f {
	case EVTX:
		d = &evtxDecoder{}
	case EventXML:
		d = &xmlDecoder{text: text{maxEvent: o.MaxEvent}}
	case KeyValue:
		d = &keyValueDecoder{text: text{maxEvent: o.MaxEvent}}
	case CSV:
		d = &csvDecoder{text: text{maxEvent: o.MaxEvent}}
	default:
		panic("decode: no such format: " + f.String())
	}
	d.Reset(r)
	return d
}

// text is what the decoders of texts share.
type text struct {
	w        window.Window
	maxEvent int
	json     []byte
	done     error // what Next returns from now on
}

func (t *text) reset(r io.Reader) {
	t.w.Reset(r, nil)
	t.done = nil
	if cap(t.json) > 4*window.BlockSize { // one huge event must not hold its memory for good
		t.json = nil
	}
	if string(t.w.Peek(len(byteOrderMark))) == byteOrderMark {
		t.w.Consume(len(byteOrderMark))
	}
}

// lost returns what is lost from here on; its length is not known yet.
func (t *text) lost(records int, reason string) *Lost {
	return &Lost{Line: t.w.Line(), Offset: t.w.Offset(), Records: records, Reason: reason}
}

// pass consumes n bytes into what is lost.
func (t *text) pass(lost *Lost, n int) {
	t.w.Consume(n)
	lost.Length += int64(n)
}

// event returns the next n bytes as an event and consumes them.
func (t *text) event(n int) Event {
	e := Event{Raw: t.w.Unread()[:n], JSON: t.json, Line: t.w.Line(), Offset: t.w.Offset()}
	t.w.Consume(n)
	return e
}

// end ends the stream where nothing of an event is unread.
func (t *text) end() error {
	t.done = t.w.Err()
	if t.done != io.EOF {
		t.done = &BreakError{Line: t.w.Line(), Offset: t.w.Offset(), Err: t.w.Err()}
	}
	return t.done
}

// breakOff ends the stream inside an event, with the stream's own error if it has one.
func (t *text) breakOff() error {
	err := t.w.Err()
	if err == nil || err == io.EOF {
		err = errCutEvent
	}
	t.done = &BreakError{Line: t.w.Line(), Offset: t.w.Offset(), Err: err}
	return t.done
}

func tooLong(maxEvent int) string { return fmt.Sprintf("longer than %d bytes", maxEvent) }
