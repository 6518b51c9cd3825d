package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"retrohunt/normalize/eventxml"
	"retrohunt/sources/window"
)

// This file frames Windows events in XML: one to a line as Splunk keeps them, over many lines, one behind the other, with or
// without a root element around them. An event is what stands between <Event …> and </Event>; an event in which another one
// begins has lost its end.

const (
	xmlStart = "<Event"
	xmlEnd   = "</Event"
)

// xmlBanner begins a line that evtxexport puts before its events.
const xmlBanner = "evtxexport "

type xmlDecoder struct {
	text
	absent [2]int64 // by terminator: it is not in the stream from where it was last sought up to here
}

// terminators end what hides tags.
var terminators = [2]string{"]]>", "-->"}

// Reset reads another stream.
func (d *xmlDecoder) Reset(r io.Reader) {
	d.reset(r)
	d.absent = [2]int64{}
}

// Next returns the next event.
func (d *xmlDecoder) Next() (Event, error) {
	if d.done != nil {
		return Event{}, d.done
	}
	if err := d.between(); err != nil {
		return Event{}, err
	}
	n, err := d.frame()
	if err != nil {
		return Event{}, err
	}
	raw := d.w.Unread()[:n]
	if d.json, err = eventxml.AppendJSON(d.json[:0], raw); err != nil {
		var bad *eventxml.Error
		errors.As(err, &bad)
		lost := d.lost(1, fmt.Sprintf("byte %d of the event: %s", bad.Offset, bad.Reason))
		d.pass(lost, n)
		return Event{}, lost
	}
	return d.event(n), nil
}

// between passes over what may stand between two events.
func (d *xmlDecoder) between() error {
	for {
		d.w.SkipSpace()
		head := d.w.Peek(len(xmlBanner))
		switch {
		case len(head) == 0:
			return d.end()
		case startsEvent(head):
			return nil
		case hasPrefix(head, "<?"), hasPrefix(head, "<Events"), hasPrefix(head, "</Events"):
			if !d.skipTo(">") {
				return d.stray(0, 0, "not an event")
			}
		case hasPrefix(head, "<!--"):
			if !d.skipTo("-->") {
				return d.stray(0, 0, "not an event")
			}
		case hasPrefix(head, xmlBanner):
			if !d.skipTo("\n") {
				return d.stray(0, 0, "not an event")
			}
		default:
			return d.stray(0, 0, "not an event")
		}
	}
}

// startsEvent reports whether b begins with the start tag of an event.
func startsEvent(b []byte) bool {
	return hasPrefix(b, xmlStart) && len(b) > len(xmlStart) && (window.IsSpace(b[len(xmlStart)]) || b[len(xmlStart)] == '>' || b[len(xmlStart)] == '/')
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// maxBetween is the longest thing between two events, in bytes.
const maxBetween = 64 << 10

// skipTo consumes the stream up to the end of a mark, if it comes soon.
func (d *xmlDecoder) skipTo(mark string) bool {
	b := d.w.Peek(maxBetween)
	n := bytes.Index(b, []byte(mark))
	if n < 0 {
		return false
	}
	d.w.Consume(n + len(mark))
	return true
}

// stray passes over what is no event, from here up to the start of the next one. The first skip bytes do not start it.
func (d *xmlDecoder) stray(skip, records int, reason string) error {
	lost := d.lost(records, reason)
	d.pass(lost, skip)
	for {
		b := d.w.Unread()
		if n := nextEvent(b); n >= 0 {
			d.pass(lost, n)
			return lost
		}
		d.pass(lost, max(0, len(b)-len(xmlStart)))
		if !d.w.More() {
			d.pass(lost, len(d.w.Unread()))
			return lost
		}
	}
}

// nextEvent returns the place of the first start tag of an event in b, -1 if there is none.
func nextEvent(b []byte) int {
	for from := 0; ; {
		n := bytes.Index(b[from:], []byte(xmlStart))
		if n < 0 {
			return -1
		}
		if startsEvent(b[from+n:]) {
			return from + n
		}
		from += n + 1
	}
}

// frame returns the length of the event that comes next.
func (d *xmlDecoder) frame() (int, error) {
	at := 0
	for {
		end, stuck := d.scan(&at)
		switch {
		case max(end, at) > d.maxEvent:
			return 0, d.stray(1, 1, tooLong(d.maxEvent))
		case end > 0:
			return end, nil
		case end < 0:
			return 0, d.stray(1, 1, "the event does not end before the next begins")
		case len(d.w.Unread()) > d.maxEvent+xmlLookahead: // what begins before the limit is known
			return 0, d.stray(1, 1, tooLong(d.maxEvent))
		case d.w.Err() == nil:
			d.w.More()
		case stuck && nextEvent(d.w.Unread()[1:]) >= 0:
			return 0, d.stray(1, 1, "a comment or CDATA section does not end")
		default:
			return 0, d.breakOff()
		}
	}
}

// xmlLookahead is how many bytes tell what a tag is.
const xmlLookahead = len(xmlStart) + 3

// scan looks at the tags from at on. It returns the end of the event, -1 if another event begins first, or 0 if what is in
// memory does not show it; stuck says that this is so because a comment or CDATA section does not end.
func (d *xmlDecoder) scan(at *int) (end int, stuck bool) {
	b := d.w.Unread()
	for {
		n := bytes.IndexByte(b[*at:], '<')
		if n < 0 {
			*at = len(b)
			return 0, false
		}
		*at += n
		tag := b[*at:]
		if len(tag) < xmlLookahead && d.w.Err() == nil {
			return 0, false
		}
		hidden := -1
		switch {
		case hasPrefix(tag, xmlEnd) && len(tag) > len(xmlEnd) && (tag[len(xmlEnd)] == '>' || window.IsSpace(tag[len(xmlEnd)])):
			return tagEnd(b, *at), false
		case startsEvent(tag) && *at > 0:
			return -1, false
		case startsEvent(tag):
			end := tagEnd(b, 0)
			if end == 0 {
				return 0, false
			}
			if b[end-2] == '/' {
				return end, false
			}
		case hasPrefix(tag, "<![CDATA["):
			hidden = 0
		case hasPrefix(tag, "<!--"):
			hidden = 1
		}
		if hidden < 0 {
			*at++
			continue
		}
		end := d.find(hidden, *at)
		if end < 0 {
			return 0, true
		}
		*at = end
	}
}

// tagEnd returns the place behind the tag that begins at b[at], 0 if it does not end in b.
func tagEnd(b []byte, at int) int {
	n := bytes.IndexByte(b[at:], '>')
	if n < 0 {
		return 0
	}
	return at + n + 1
}

// find returns the place behind the next terminator in memory, from a place on, -1 if there is none. What was sought once
// in vain is not sought again in the same bytes, so that hostile input costs no more than its length.
func (d *xmlDecoder) find(kind, from int) int {
	b := d.w.Unread()
	mark := terminators[kind]
	from = max(from, min(int(d.absent[kind]-d.w.Offset()), len(b)))
	n := bytes.Index(b[from:], []byte(mark))
	if n < 0 {
		d.absent[kind] = d.w.Offset() + int64(max(from, len(b)-len(mark)+1))
		return -1
	}
	return from + n + len(mark)
}
