package sources

import (
	"bytes"
	"fmt"
	"io"
)

// nextLine returns the next event of a stream with one object to a line. It looks at no more of a line than its ends.
func (r *Reader) nextLine() (Event, error) {
	for {
		line, err := r.line()
		if err != nil {
			return Event{}, err
		}
		text := bytes.TrimLeft(line, " \t\r\n")
		skipped := len(line) - len(text)
		text = bytes.TrimRight(text, " \t\r\n")
		switch {
		case len(text) == 0:
			r.pass(line)
		case text[0] != '{':
			err := &MalformedError{Line: r.w.line, Offset: r.w.offset() + int64(skipped), Length: int64(len(text)), Reason: "not a JSON object"}
			r.pass(line)
			return Event{}, err
		case envelopeStart(text) > 0:
			r.framing = envelope // which frames single objects as well
			return r.nextElement()
		default:
			e := r.event(text, skipped)
			r.pass(line)
			return e, nil
		}
	}
}

// pass consumes a line; it is one, so nothing is counted.
func (r *Reader) pass(line []byte) {
	r.w.pos += len(line)
	r.w.line++
}

// line returns the next line with its end, without consuming it. The last line needs no end, unless the stream was cut
// off: then what does not look whole is not delivered.
func (r *Reader) line() ([]byte, error) {
	searched := 0
	for {
		b := r.w.unread()
		if i := bytes.IndexByte(b[searched:], '\n'); i >= 0 {
			return b[:searched+i+1], nil
		}
		searched = len(b)
		if searched > r.options.MaxEvent {
			return nil, r.longLine()
		}
		if r.w.more() {
			continue
		}
		whole := r.w.err == io.EOF || bytes.HasSuffix(b, []byte("}"))
		if len(b) == 0 || !whole {
			return nil, r.end(r.w.offset())
		}
		return b, nil
	}
}

// longLine passes over a line that is longer than an event may be.
func (r *Reader) longLine() error {
	err := &MalformedError{Line: r.w.line, Offset: r.w.offset(), Reason: tooLong(r.options.MaxEvent)}
	for {
		b := r.w.unread()
		i := bytes.IndexByte(b, '\n')
		if i >= 0 {
			b = b[:i]
		}
		err.Length += int64(len(b))
		r.w.consume(len(b))
		if i >= 0 || !r.w.more() {
			return err
		}
	}
}

func tooLong(limit int) string {
	return fmt.Sprintf("longer than the limit of %d bytes", limit)
}
