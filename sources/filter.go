package sources

import (
	"bytes"
	"math/bits"
)

// This file turns events away by their bytes. Of lines it frames only those that hold something; all others are told apart
// from what is no event by their first bytes, and counted.

// Filter tells by their bytes which events are wanted. Readers of several goroutines may share one.
type Filter interface {
	// Index returns where the first of the texts begins that a wanted event has one of, -1 if none stands in b. No text holds
	// a newline.
	Index(b []byte) int
	// IndexLines is Index, and puts into ends the places of the first newlines of b, in order: of as many as it met on its way
	// and ends has room for, which may be some behind the text, and may be none. noted is how many.
	IndexLines(b []byte, ends []int32) (at, noted int)
}

// sampleShift gives the distance of the places in a stream, as a power of two in bytes, at which events are delivered whatever
// they hold.
const sampleShift = 19

// sampled reports whether an event belongs to the sample of its stream: one that stands across a multiple of 512 KiB or, at
// the stream's beginning, of a power of two. By its place alone, so that it does not matter who reads what.
func (r *Reader) sampled(offset int64, length int) bool {
	end := offset + int64(length)
	return offset>>sampleShift != end>>sampleShift || !r.bare && bits.Len64(uint64(offset)) != bits.Len64(uint64(end))
}

// inSample reports whether the beginning of a stream is looked into where there are many: of one in 16, by its name.
func inSample(name string) bool {
	h := uint32(2166136261) // FNV-1a
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return (h^h>>16)&15 == 0
}

// wants reports whether an event passes the filter. What was converted to JSON is looked at in both spellings: queries read
// fields, and the event as it came.
func (r *Reader) wants(e *Event) bool {
	filter := r.options.Filter
	return filter == nil || r.sampled(e.Offset, len(e.Raw)) || filter.Index(e.JSON) >= 0 ||
		r.decoded.current != nil && filter.Index(e.Raw) >= 0
}

// ahead is how far a stream of lines was searched.
type ahead struct {
	offset int64 // in the decoded stream: no text begins between what is consumed and here
	found  bool  // one begins here

	start int64 // where the search began
	ends  [1024]int32
	noted []int32 // of ends: where lines end, from start on, of those that are not passed yet
}

// search looks for the first text in b, which stands at an offset of the stream.
func (a *ahead) search(f Filter, b []byte, offset int64) {
	i, noted := f.IndexLines(b, a.ends[:])
	a.start, a.noted, a.found = offset, a.ends[:noted], i >= 0
	if i < 0 {
		i = len(b)
	}
	a.offset = offset + int64(i)
}

// lineEnd returns where the line ends that begins at b[at], -1 if it does so behind b, which stands at an offset of the stream. Calls go
// on through the lines.
func (a *ahead) lineEnd(b []byte, at int, offset int64) int {
	shift := int(offset - a.start)
	for len(a.noted) > 0 {
		end := int(a.noted[0]) - shift
		a.noted = a.noted[1:]
		if end >= at {
			return end
		}
	}
	if end := bytes.IndexByte(b[at:], '\n'); end >= 0 {
		return at + end
	}
	return -1
}

// nextText returns where in b, which comes next in the stream, the first text begins; its length if there is none.
func (r *Reader) nextText(b []byte) int {
	offset := r.w.Offset()
	if a := &r.ahead; a.offset < offset || a.offset == offset && !a.found {
		a.search(r.options.Filter, b, offset)
	}
	return int(r.ahead.offset - offset)
}

// passLines passes over lines that are unwanted events as far as they are in memory. It stops at a line that may be wanted,
// and before any of which nextLine may say that it is no event, or more than one.
func (r *Reader) passLines() {
	b, offset := r.w.Unread(), r.w.Offset()
	text := r.nextText(b)
	at, lines := 0, 0
	for at < len(b) && b[at] == '{' {
		end := r.ahead.lineEnd(b, at, offset)
		if end < 0 || end > text || end-at > r.options.MaxEvent || r.sampled(offset+int64(at), end-at) || mayBeEnvelope(b[at:end]) {
			break
		}
		at = end + 1
		lines++
	}
	r.w.ConsumeLines(at, lines)
	r.ordinal += int64(lines)
	r.turnedAway += int64(lines)
}

// TurnedAway returns how many events of the stream Options.Filter turned away so far.
func (r *Reader) TurnedAway() int64 { return r.turnedAway }
