package sources

import (
	"bytes"
	"errors"

	"retrohunt/internal/swar"
	"retrohunt/sources/window"
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

var (
	errCutArray   = errors.New("the input ends inside an array")
	errCutEvent   = errors.New("the input ends inside an event")
	errCutWrapper = errors.New("the input ends inside the object around the events")
)

// nextElement returns the next event.
func (r *Reader) nextElement() (Event, error) {
	for {
		r.separators()
		head := r.w.Peek(1)
		switch {
		case len(head) == 0:
			return Event{}, r.endOfElements()
		case head[0] == '{':
			if len(r.nest) == maxArrays {
				return r.element()
			}
			n := nextEnvelope(&r.w)
			if n == 0 {
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
		b := r.w.Unread()
		i := 0
		for i < len(b) && (window.IsSpace(b[i]) || b[i] == ',') {
			i++
		}
		if i < len(b) && b[i] == byteOrderMark[0] && bytes.Equal(r.w.Peek(i + len(byteOrderMark))[i:], byteOrderMark) {
			b = r.w.Unread()
			i += len(byteOrderMark) // of a file that was appended to another
		}
		if len(r.gap)+i <= maxJoint {
			r.gap = append(r.gap, b[:i]...)
		}
		r.w.Consume(i)
		if i == 0 && len(b) > 0 || len(r.w.Unread()) == 0 && !r.w.More() {
			return
		}
	}
}

func (r *Reader) open(n int, kind nesting) {
	r.w.Consume(n)
	r.nest = append(r.nest, kind)
}

// closeArray consumes the end of an array, and of the envelope around it unless that holds more events.
func (r *Reader) closeArray() error {
	start, line := r.w.Offset(), r.w.Line()
	r.w.Consume(1)
	last := len(r.nest) - 1
	if r.nest[last] == bare {
		r.nest = r.nest[:last]
		return nil
	}
	r.w.SkipSpace()
	next := r.w.Peek(1)
	switch {
	case len(next) == 0:
		return r.breakOff(start, errCutWrapper)
	case next[0] == ',' && memberFollows(&r.w):
		if n := nextEnvelope(&r.w); n > 0 {
			r.w.Consume(n)
			return nil
		}
	case next[0] != '}': // a damaged byte looks like the end of the array: the events go on
		return &MalformedError{Line: line, Offset: start, Length: 1, Reason: "a bracket among the events"}
	}
	r.nest = r.nest[:last]
	return r.closeEnvelope(start)
}

// closeEnvelope consumes what is left of an object around events.
func (r *Reader) closeEnvelope(start int64) error {
	s := scan{Nesting: swar.Nesting{Depth: 1}}
	for !s.element(r.w.Unread()) {
		r.drop(&s)
		if !r.w.More() {
			return r.breakOff(start, errCutWrapper)
		}
	}
	if s.broken {
		return r.search(s.at, "a line ends inside a string")
	}
	r.drop(&s)
	return nil
}

// passOver consumes n bytes as malformed.
func (r *Reader) passOver(n int, reason string) error {
	err := &MalformedError{Line: r.w.Line(), Offset: r.w.Offset(), Length: int64(n), Reason: reason}
	r.w.Consume(n)
	return err
}

// drop consumes what a scan has looked at.
func (r *Reader) drop(s *scan) int64 {
	n := s.at
	r.w.Consume(n)
	s.at = 0
	return int64(n)
}

// element returns the object that comes next.
func (r *Reader) element() (Event, error) {
	var s scan
	look := window.BlockSize // where an object that is not at its end is looked at for damage, and twice as far the next time
	for !s.element(r.w.Unread()) {
		if s.at > r.options.MaxEvent || s.at >= look {
			if next := r.swallowed(s.at); next > 0 {
				return Event{}, r.passOver(next, reasonUnclosed)
			}
			look = 2 * s.at
		}
		if s.at > r.options.MaxEvent {
			return Event{}, r.longElement(&s, false)
		}
		if !r.w.More() {
			return Event{}, r.cutOff()
		}
	}
	if s.broken && s.at <= r.options.MaxEvent {
		return Event{}, r.search(s.at, "a line ends inside a string")
	}
	if r.w.Unread()[s.at-1] != '}' || s.at >= window.BlockSize { // the usual event is not looked at: it would cost a sixth of the time
		if next := r.swallowed(s.at); next > 0 {
			return Event{}, r.passOver(next, reasonUnclosed)
		}
	}
	if s.at > r.options.MaxEvent {
		return Event{}, r.longElement(&s, true)
	}
	raw := r.w.Unread()[:s.at]
	r.learnJoint(raw)
	e := r.event(raw, 0)
	r.w.Consume(s.at)
	return e, nil
}

// longElement passes over an object that is longer than an event may be.
func (r *Reader) longElement(s *scan, ended bool) error {
	err := &MalformedError{Line: r.w.Line(), Offset: r.w.Offset(), Reason: tooLong(r.options.MaxEvent)}
	for {
		err.Length += r.drop(s)
		if ended {
			return err
		}
		if !r.w.More() {
			return r.breakOff(err.Offset, errCutEvent)
		}
		ended = s.element(r.w.Unread())
	}
}

// cutOff ends an input that ends inside an event, unless another event starts behind damage in that one.
func (r *Reader) cutOff() error {
	if next := r.swallowed(len(r.w.Unread())); next > 0 {
		return r.passOver(next, reasonUnclosed)
	}
	return r.breakOff(r.w.Offset(), errCutEvent)
}

// endOfElements ends an input between two events.
func (r *Reader) endOfElements() error {
	if len(r.nest) > 0 {
		return r.breakOff(r.w.Offset(), errCutArray)
	}
	return r.end(r.w.Offset())
}

// stray passes over something that is no object where one should stand.
func (r *Reader) stray() error {
	b := r.w.Peek(window.BlockSize / 64)
	end := valueEnd(b, 0)
	if len(r.nest) > 0 && end > 0 {
		if next := skipBlank(b, end); next < len(b) && (b[next] == ',' || b[next] == ']') {
			return r.passOver(end, "not a JSON object")
		}
	}
	return r.search(0, "not JSON")
}
