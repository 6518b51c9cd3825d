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
		skipped := skipBlank(line, 0)
		text := trimBlank(line[skipped:])
		switch {
		case len(text) == 0:
			r.pass(line)
		case bytes.HasPrefix(text, byteOrderMark): // of a file that was appended to another
			r.w.Consume(skipped + len(byteOrderMark))
		case isArrayStart(text), mayBeEnvelope(text) && envelopeStart(text) > 0:
			r.framing = envelope // which frames single objects as well
			return r.nextElement()
		case text[0] != '{':
			err := &MalformedError{Line: r.w.Line(), Offset: r.w.Offset() + int64(skipped), Length: int64(len(text)), Reason: "not a JSON object"}
			r.pass(line)
			return Event{}, err
		default:
			e := r.event(text, skipped)
			r.pass(line)
			return e, nil
		}
	}
}

// pass consumes a line; it is one, so nothing is counted.
func (r *Reader) pass(line []byte) {
	r.w.ConsumeLines(len(line), 1)
}

// line returns the next line with its end, without consuming it. The last line needs no end, unless the stream was cut
// off: then what does not look whole is not delivered.
func (r *Reader) line() ([]byte, error) {
	end, ended := r.w.LineEnd(0, r.options.MaxEvent+1)
	line := r.w.Unread()[:end]
	switch {
	case ended:
		return r.w.Unread()[:end+1], nil
	case end > r.options.MaxEvent:
		return nil, r.longLine()
	case end == 0, r.w.Err() != io.EOF && !bytes.HasSuffix(trimBlank(line), []byte("}")):
		return nil, r.end(r.w.Offset())
	}
	return line, nil
}

// longLine passes over a line that is longer than an event may be.
func (r *Reader) longLine() error {
	err := &MalformedError{Line: r.w.Line(), Offset: r.w.Offset(), Reason: tooLong(r.options.MaxEvent)}
	for {
		b := r.w.Unread()
		i := bytes.IndexByte(b, '\n')
		if i >= 0 {
			b = b[:i]
		}
		err.Length += int64(len(b))
		r.w.Consume(len(b))
		if i >= 0 || !r.w.More() {
			return err
		}
	}
}

func tooLong(limit int) string {
	return fmt.Sprintf("longer than the limit of %d bytes", limit)
}
