package sources

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"retrohunt/sources/decode"
	"retrohunt/sources/window"
)

// This file frames what is no JSON: the decoder of its format reads the stream in its place.

// decoding is the decoders of a reader, one for each format, and the one in use.
type decoding struct {
	byFormat map[decode.Format]decode.Decoder
	current  decode.Decoder // nil: the stream is JSON
	stream   counter
	notes    []Note
}

// counter counts what is read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// detectDecoded tells a format that is no JSON by the beginning of the stream, of which nothing is consumed.
func detectDecoded(w *window.Window) decode.Format {
	head := bytes.TrimLeft(bytes.TrimPrefix(w.Peek(512), byteOrderMark), " \t\r\n")
	if len(head) == 0 || isObjectStart(head) || isArrayStart(head) {
		return decode.Unknown
	}
	return decode.Detect(w.Peek(decode.DetectSize))
}

// startDecoder gives the stream to the decoder of a format, from its first byte on.
func (r *Reader) startDecoder(f decode.Format) {
	r.decoded.stream = counter{r: io.MultiReader(bytes.NewReader(r.w.Unread()), r.w.Rest())}
	d := r.decoded.byFormat[f]
	if d == nil {
		d = decode.New(f, &r.decoded.stream, decode.Options{MaxEvent: r.options.MaxEvent})
		if r.decoded.byFormat == nil {
			r.decoded.byFormat = map[decode.Format]decode.Decoder{}
		}
		r.decoded.byFormat[f] = d
	} else {
		d.Reset(&r.decoded.stream)
	}
	r.decoded.current = d
	r.framing = framing(f.String())
}

// nextDecoded returns the next event of a stream that is no JSON.
func (r *Reader) nextDecoded() (Event, error) {
	for {
		e, err := r.decoded.current.Next()
		var lost *decode.Lost
		var broken *decode.BreakError
		switch {
		case err == nil:
			r.ordinal++
			if e.Raw == nil {
				e.Raw = e.JSON
			}
			return Event{Raw: e.Raw, JSON: e.JSON, Ordinal: r.ordinal, Line: e.Line, Offset: e.Offset}, nil
		case errors.As(err, &lost) && lost.Length == 0 && lost.Records == 0:
			r.decoded.notes = append(r.decoded.notes, Note{r.stream, fmt.Sprintf("byte %d: %s", lost.Offset, lost.Reason)})
			continue
		case errors.As(err, &lost):
			return Event{}, &MalformedError{Line: lost.Line, Offset: lost.Offset, Length: lost.Length, Events: lost.Records, Reason: lost.Reason}
		case errors.As(err, &broken):
			r.done = &DamageError{Offset: broken.Offset, Err: reason(broken.Err)}
		default:
			r.done = err // io.EOF
		}
		return Event{}, r.done
	}
}
