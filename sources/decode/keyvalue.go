package decode

import (
	"bytes"
	"io"
)

// This file frames the blocks in which Splunk's classic Windows input keeps events: a line with the time, lines of
// Key=Value, and behind Message= the event's text up to the next block. A line with a time that is not followed by a key is
// part of a text.

type keyValueDecoder struct {
	text
	block block
}

// Reset reads another stream.
func (d *keyValueDecoder) Reset(r io.Reader) { d.reset(r) }

// Next returns the next event.
func (d *keyValueDecoder) Next() (Event, error) {
	if d.done != nil {
		return Event{}, d.done
	}
	d.w.SkipSpace()
	for at := 0; ; {
		found := d.nextBlock(&at)
		size := len(d.w.Unread())
		switch {
		case found && at > d.maxEvent, !found && size > d.maxEvent+maxStart:
			return Event{}, d.pastBlock(1, tooLong(d.maxEvent))
		case found:
			return d.take(at)
		case d.w.More():
		case size == 0:
			return Event{}, d.end()
		case d.w.Err() != io.EOF:
			return Event{}, d.breakOff()
		case size > d.maxEvent:
			return Event{}, d.pastBlock(1, tooLong(d.maxEvent))
		default:
			return d.take(size)
		}
	}
}

// take makes an event of the next n bytes, if a block begins there.
func (d *keyValueDecoder) take(n int) (Event, error) {
	raw := d.w.Unread()[:n]
	if blockStart(raw) != startsBlock {
		lost := d.lost(0, "not an event: no line with a time and a line with a key behind it")
		d.pass(lost, n)
		return Event{}, lost
	}
	trimmed := bytes.TrimRight(raw, " \t\r\n")
	var ok bool
	if d.json, ok = d.block.appendJSON(d.json[:0], trimmed); !ok {
		lost := d.lost(1, "too many fields")
		d.pass(lost, n)
		return Event{}, lost
	}
	e := d.event(len(trimmed))
	d.w.Consume(n - len(trimmed))
	return e, nil
}

// pastBlock passes over everything up to the next block.
func (d *keyValueDecoder) pastBlock(records int, reason string) error {
	lost := d.lost(records, reason)
	for {
		at := 0
		switch found := d.nextBlock(&at); {
		case found:
			d.pass(lost, at)
			return lost
		case at > 0:
			d.pass(lost, at-1) // the line end stays, for a block may begin behind it
		default:
			d.pass(lost, len(d.w.Unread()))
		}
		if !d.w.More() && d.w.Err() != nil {
			d.pass(lost, len(d.w.Unread()))
			return lost
		}
	}
}

// nextBlock looks for the line on which the next block begins, behind the first line. at is the line to look at next; it
// moves on as far as what is in memory shows that none begins.
func (d *keyValueDecoder) nextBlock(at *int) (found bool) {
	b := d.w.Unread()
	for {
		if *at > 0 {
			switch s := blockStart(b[*at:]); {
			case s == startsBlock:
				return true
			case s == unclear && d.w.Err() == nil:
				return false
			}
		}
		n := bytes.IndexByte(b[*at:], '\n')
		if n < 0 {
			return false
		}
		*at += n + 1
	}
}

// start says whether a block begins.
type start uint8

const (
	noBlock start = iota
	unclear       // more bytes would tell
	startsBlock
)

const (
	maxKey      = 64                       // the longest name before an equals sign, in bytes
	maxTimeLine = 48                       // the longest line with a time
	maxStart    = maxTimeLine + maxKey + 1 // in so many bytes it shows whether a block begins
)

// blockStart reports whether a block begins at the beginning of b.
func blockStart(b []byte) start {
	n, s := timeLine(b)
	if s != startsBlock {
		return s
	}
	for i, c := range b[n:] {
		switch {
		case c == '=' && i > 0:
			return startsBlock
		case !isKeyByte(c) || i == maxKey:
			return noBlock
		}
	}
	return unclear
}

func isKeyByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_'
}

// timeForm is a line such as 03/25/2026 05:46:37 PM: 0 is a digit, P is A or P.
const timeForm = "00/00/0000 00:00:00 PM"

// timeLine returns the length of a line with nothing but a time, fractions of the second allowed.
func timeLine(b []byte) (n int, s start) {
	if len(b) > maxTimeLine {
		b = b[:maxTimeLine]
		defer func() {
			if s == unclear {
				s = noBlock
			}
		}()
	}
	i := 0
	for _, want := range []byte(timeForm) {
		if want == ' ' && i > len("00/00/0000 ") && i < len(b) && b[i] == '.' {
			for i++; i < len(b) && isDigit(b[i]); i++ {
			}
		}
		if i == len(b) {
			return 0, unclear
		}
		switch c := b[i]; {
		case want == '0' && isDigit(c), want == 'P' && (c == 'A' || c == 'P'), want == c:
		default:
			return 0, noBlock
		}
		i++
	}
	for ; i < len(b); i++ {
		switch b[i] {
		case '\n':
			return i + 1, startsBlock
		case ' ', '\t', '\r':
		default:
			return 0, noBlock
		}
	}
	return 0, unclear
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
