package sources

import (
	"bytes"
	"errors"
	"io"
)

// This file frames everything that is not one object to a line: arrays, envelopes around arrays, objects over many lines,
// in any sequence and within each other. The state between two events is the stack of arrays that are open.

// nesting is an array that is open.
type nesting uint8

const (
	bare    nesting = iota // an array on its own
	wrapped                // the array of an envelope, whose other members follow
)

// maxArrays is how many arrays may be open around an event; a deeper one is an event itself, and malformed.
const maxArrays = 8

// maxSearches is how often an input is searched for the next event behind one that never ends: each search may read far.
const maxSearches = 100

// maxJoint is the longest joint that is kept, in bytes.
const maxJoint = 512

var (
	errCutArray   = errors.New("the input ends inside an array")
	errCutEvent   = errors.New("the input ends inside an event")
	errCutWrapper = errors.New("the input ends inside the object around the events")
)

// nextElement returns the next event.
func (r *Reader) nextElement() (Event, error) {
	for {
		r.separators()
		head := r.w.peek(1)
		switch {
		case len(head) == 0:
			return Event{}, r.endOfElements()
		case head[0] == '{':
			n := envelopeStart(r.w.peek(blockSize / 64))
			if n == 0 || len(r.nest) == maxArrays {
				return r.element()
			}
			r.open(n, wrapped)
		case head[0] == '[' && len(r.nest) < maxArrays:
			r.open(1, bare)
		case head[0] == '[':
			return r.element()
		case head[0] == ']' && len(r.nest) > 0:
			if err := r.closeArray(); err != nil {
				return Event{}, err
			}
		default:
			return Event{}, r.stray()
		}
	}
}

// separators consumes what stands between two elements, and remembers it.
func (r *Reader) separators() {
	r.gap = r.gap[:0]
	for {
		b := r.w.unread()
		i := 0
		for i < len(b) && (isSpace(b[i]) || b[i] == ',') {
			i++
		}
		if len(r.gap)+i <= maxJoint {
			r.gap = append(r.gap, b[:i]...)
		}
		r.w.consume(i)
		if i < len(b) || !r.w.more() {
			return
		}
	}
}

func (r *Reader) open(n int, kind nesting) {
	r.w.consume(n)
	r.nest = append(r.nest, kind)
}

// closeArray consumes the end of an array, and of the envelope around it.
func (r *Reader) closeArray() error {
	kind := r.nest[len(r.nest)-1]
	r.nest = r.nest[:len(r.nest)-1]
	r.w.consume(1)
	if kind == bare {
		return nil
	}
	start := r.w.offset()
	s := scan{depth: 1}
	for !s.element(r.w.unread()) {
		r.drop(&s)
		if !r.w.more() {
			return r.breakOff(start, errCutWrapper)
		}
	}
	if s.broken {
		return r.search(s.at, "a line ends inside a string")
	}
	r.drop(&s)
	return nil
}

// drop consumes what a scan has looked at.
func (r *Reader) drop(s *scan) int64 {
	n := s.at
	r.w.consume(n)
	s.at = 0
	return int64(n)
}

// element returns the object that comes next.
func (r *Reader) element() (Event, error) {
	var s scan
	for !s.element(r.w.unread()) {
		if s.at > r.options.MaxEvent {
			return Event{}, r.longElement(&s)
		}
		if !r.w.more() {
			return Event{}, r.cutOff()
		}
	}
	if s.broken {
		return Event{}, r.search(s.at, "a line ends inside a string")
	}
	raw := r.w.unread()[:s.at]
	r.learnJoint(raw)
	e := r.event(raw, 0)
	r.w.consume(s.at)
	return e, nil
}

// learnJoint remembers how this element followed the one before: behind damage the same bytes show where the next one
// starts.
func (r *Reader) learnJoint(raw []byte) {
	if r.ordinal == 0 || len(r.joint) > 0 && bytes.HasPrefix(raw, r.joint[1+r.jointGap:]) && r.jointGap == len(r.gap) {
		return
	}
	colon := bytes.IndexByte(raw[:min(len(raw), maxJoint)], ':')
	if colon < 0 {
		return
	}
	r.joint = append(append(append(r.joint[:0], '}'), r.gap...), raw[:colon+1]...)
	r.jointGap = len(r.gap)
}

// longElement passes over an object that is longer than an event may be.
func (r *Reader) longElement(s *scan) error {
	err := &MalformedError{Line: r.w.line, Offset: r.w.offset(), Reason: tooLong(r.options.MaxEvent)}
	for {
		err.Length += r.drop(s)
		if s.element(r.w.unread()) {
			err.Length += r.drop(s)
			return err
		}
		if s.at == len(r.w.unread()) && !r.w.more() {
			return r.breakOff(err.Offset, errCutEvent)
		}
	}
}

// cutOff ends an input that ends inside an event, unless another event starts behind: then the event's own brackets or
// quotes are damaged.
func (r *Reader) cutOff() error {
	if r.w.err == io.EOF && len(r.joint) > 0 && r.searches < maxSearches && bytes.Contains(r.w.unread(), r.joint) {
		r.searches++
		return r.search(1, "its brackets or quotes do not close")
	}
	return r.breakOff(r.w.offset(), errCutEvent)
}

// endOfElements ends an input between two events.
func (r *Reader) endOfElements() error {
	if len(r.nest) > 0 {
		return r.breakOff(r.w.offset(), errCutArray)
	}
	return r.end(r.w.offset())
}

// stray passes over something that is no object where one should stand.
func (r *Reader) stray() error {
	b := r.w.peek(blockSize / 64)
	end := valueEnd(b, 0)
	if len(r.nest) > 0 && end > 0 {
		if next := skipBlank(b, end); next < len(b) && (b[next] == ',' || b[next] == ']') {
			err := &MalformedError{Line: r.w.line, Offset: r.w.offset(), Length: int64(end), Reason: "not a JSON object"}
			r.w.consume(end)
			return err
		}
	}
	return r.search(0, "not JSON")
}

// search passes over damage: it goes on at the next place from which an event follows another as in the rest of the input,
// and returns the stretch between as malformed. Where there is no such place the input ends: well, if nothing was open and
// the stretch is just something behind the events; else as damaged.
func (r *Reader) search(from int, reason string) error {
	stretch := &MalformedError{Line: r.w.line, Offset: r.w.offset(), Reason: reason}
	for {
		b := r.w.unread()
		if i := bytes.Index(b[from:], r.joint); i >= 0 && len(r.joint) > 0 {
			n := from + i + 1 + r.jointGap
			r.w.consume(n)
			stretch.Length += int64(n)
			return stretch
		}
		n := max(0, len(b)-len(r.joint))
		r.w.consume(n)
		stretch.Length += int64(n)
		from = 0
		if !r.w.more() {
			break
		}
	}
	rest := len(r.w.unread())
	r.w.consume(rest)
	stretch.Length += int64(rest)
	if len(r.nest) > 0 || r.w.err != io.EOF {
		return r.breakOff(stretch.Offset, errors.New(reason+", and no further event is found"))
	}
	r.done = io.EOF
	return stretch
}
