package sources

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// This file finds the way back into a stream of objects behind damage. What shows the place is the joint: how one object
// follows another in this input, from the closing brace to the first key of the next.

// maxJoint is the longest joint that is kept, in bytes.
const maxJoint = 512

// Looking for swallowed events costs the grammar of all that was swallowed: it may take this many bytes, and then this
// often the bytes of the stream.
const (
	freeChecks  = 64 << 20
	checkFactor = 4
)

const reasonUnclosed = "its brackets or quotes do not close"

// joint is "}", what stands between two objects, and the first key of the second with its colon.
type joint struct {
	text []byte
	gap  int // bytes between the objects
}

// key returns the object's start in a joint.
func (j *joint) key() []byte { return j.text[1+j.gap:] }

// learnJoint remembers how this element followed the one before.
func (r *Reader) learnJoint(raw []byte) {
	j := &r.joint
	if r.ordinal == 0 || len(j.text) > 0 && j.gap == len(r.gap) && bytes.HasPrefix(raw, j.key()) {
		return
	}
	if colon := bytes.IndexByte(raw[:min(len(raw), maxJoint)], ':'); colon >= 0 {
		j.set(r.gap, raw[:colon+1])
	}
}

func (j *joint) set(gap, key []byte) {
	j.text = append(append(append(j.text[:0], '}'), gap...), key...)
	j.gap = len(gap)
}

// guess sets the joint from the first object of an input, b, if it has the start of another in it: with the same key, behind a
// brace.
func (j *joint) guess(b []byte) {
	colon := bytes.IndexByte(b[:min(len(b), maxJoint)], ':')
	if colon < 0 {
		return
	}
	key := b[:colon+1]
	for at := 1; ; at++ {
		i := bytes.Index(b[at:], key)
		if i < 0 {
			return
		}
		at += i
		before := bytes.TrimRight(b[max(0, at-maxJoint):at], ", \t\r\n")
		if bytes.HasSuffix(before, []byte("}")) {
			j.set(b[max(0, at-maxJoint)+len(before):at], key)
			return
		}
	}
}

// swallowed looks into the next n bytes, which look like one object or the beginning of one: damage makes an object of
// several if a bracket or quote is lost. It returns the place of the first object behind the damage, 0 if there is none.
func (r *Reader) swallowed(n int) int {
	b := r.w.Unread()[:min(n, r.options.MaxEvent+1)]
	j := r.joint
	if r.ordinal == 0 {
		j.guess(b)
	}
	if len(j.text) == 0 || !bytes.Contains(b[1:], j.text) || r.checked > freeChecks+checkFactor*r.w.Offset() {
		return 0
	}
	r.checked += int64(len(b))
	wrong := grammarError(b)
	if wrong < 0 {
		return 0
	}
	r.joint = j
	if gap := j.text[1 : 1+j.gap]; bytes.HasSuffix(b[:wrong], gap) && bytes.HasPrefix(b[wrong:], j.key()) {
		return wrong // what is lost is the brace before
	}
	from := max(1, wrong-len(j.text)+1)
	if i := bytes.Index(b[from:], j.text); i >= 0 {
		return from + i + 1 + j.gap
	}
	return 0
}

// grammarError returns the place of the first byte in b that JSON does not allow there, -1 if there is none.
func grammarError(b []byte) int {
	var raw json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(b, &raw); errors.As(err, &syntax) && syntax.Offset < int64(len(b)) {
		return int(syntax.Offset) - 1
	}
	return -1
}

// search passes over damage: it goes on at the next joint, at `from` or behind, and returns the stretch before as malformed.
// Where there is no joint the input ends: well, if nothing was open and the stretch is just something behind the events;
// else as damaged.
func (r *Reader) search(from int, reason string) error {
	stretch := &MalformedError{Line: r.w.Line(), Offset: r.w.Offset(), Reason: reason}
	j := &r.joint
	for {
		b := r.w.Unread()
		if from < len(b) && len(j.text) > 0 {
			if i := bytes.Index(b[from:], j.text); i >= 0 {
				n := from + i + 1 + j.gap
				r.w.Consume(n)
				stretch.Length += int64(n)
				return stretch
			}
		}
		n := max(0, len(b)-len(j.text))
		r.w.Consume(n)
		stretch.Length += int64(n)
		from = max(0, from-n)
		if !r.w.More() {
			break
		}
	}
	rest := len(r.w.Unread())
	r.w.Consume(rest)
	stretch.Length += int64(rest)
	if len(r.nest) > 0 || r.w.Err() != io.EOF {
		return r.breakOff(stretch.Offset, errors.New(reason+", and no further event is found"))
	}
	r.done = io.EOF
	return stretch
}
