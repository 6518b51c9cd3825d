package decode

import (
	"bytes"
	"fmt"
	"io"

	"retrohunt/internal/jsonquote"
	"retrohunt/sources/window"
)

// This file reads CSV: RFC 4180 with a header, any of , ; and tab between cells, LF and CRLF. A record whose quotes do not
// fit is tried again as one line, in which quotes may stand anywhere, so that a stray quote does not swallow the rows behind
// it. A row with more or fewer cells than the header is Lost, for nobody can say which cell is missing.

type csvDecoder struct {
	text
	delimiter byte
	header    [][]byte // names as JSON keys, with their colons
	cells     []cell
	scratch   []byte // a cell without its doubled quotes
	wasted    int64  // bytes that were looked at for the end of a quote in vain
}

// Reset reads another stream, beginning with its header.
func (d *csvDecoder) Reset(r io.Reader) {
	d.reset(r)
	d.header, d.wasted = d.header[:0], 0
}

// Next returns the next event.
func (d *csvDecoder) Next() (Event, error) {
	if d.done != nil {
		return Event{}, d.done
	}
	if len(d.header) == 0 {
		d.readHeader()
	}
	d.emptyLines()
	if len(d.w.Unread()) == 0 {
		return Event{}, d.end()
	}
	next, s := d.record()
	switch {
	case s == whole && len(d.cells) == len(d.header):
		return d.row(next), nil
	case s == unfinished && !d.secondLineFits():
		return Event{}, d.breakOff()
	}
	return d.line()
}

// emptyLines passes over empty lines.
func (d *csvDecoder) emptyLines() {
	for b := d.w.Peek(1); len(b) > 0 && (b[0] == '\r' || b[0] == '\n'); b = d.w.Peek(1) {
		d.w.Consume(1)
	}
}

// readHeader reads the names of the columns.
func (d *csvDecoder) readHeader() {
	d.emptyLines()
	head := d.w.Peek(DetectSize)
	d.delimiter = delimiterOf(head)
	var next int
	d.cells, next, _ = splitRecord(d.cells[:0], head, d.delimiter, strict, true)
	for _, c := range d.cells {
		d.header = append(d.header, append(jsonquote.Append(nil, d.cellText(c)), ':'))
	}
	d.w.Consume(next)
}

// row makes an event of the record up to next, whose cells are known.
func (d *csvDecoder) row(next int) Event {
	d.json = append(d.json[:0], '{')
	for i, c := range d.cells {
		if i > 0 {
			d.json = append(d.json, ',')
		}
		d.json = jsonquote.Append(append(d.json, d.header[i]...), d.cellText(c))
	}
	d.json = append(d.json, '}')
	length := len(bytes.TrimRight(d.w.Unread()[:next], "\r\n"))
	e := d.event(length)
	d.w.Consume(next - length)
	return e
}

// maxWaste is how many times what was read may be looked at for quotes that do not end; from then on a record is a line.
const maxWaste = 16

// record finds the cells of the record that comes next, and where the one behind it begins. It is unfinished if the stream
// ends before its quotes, misquoted if they do not fit or it is too long.
func (d *csvDecoder) record() (next int, s split) {
	if d.wasted > maxWaste*(d.w.Offset()+window.BlockSize) {
		return 0, misquoted
	}
	for {
		b := d.w.Unread()
		d.cells, next, s = splitRecord(d.cells[:0], b, d.delimiter, strict, d.w.Err() == io.EOF)
		switch {
		case s == whole && next <= d.maxEvent:
			return next, whole
		case s == unfinished && len(b) <= d.maxEvent:
			ended := d.w.Err() != nil
			d.w.Peek(2 * len(b))
			if !ended {
				continue
			}
		default:
			s = misquoted
		}
		d.wasted += int64(len(b))
		return 0, s
	}
}

// secondLineFits tells a stray quote from a record that was cut off: behind a stray quote there are more rows.
func (d *csvDecoder) secondLineFits() bool {
	_, rest := cutLine(d.w.Unread())
	line, _ := cutLine(rest)
	d.cells, _, _ = splitRecord(d.cells[:0], line, d.delimiter, lax, true)
	return len(line) > 0 && len(d.cells) == len(d.header)
}

// line reads the next line as a record, whatever its quotes.
func (d *csvDecoder) line() (Event, error) {
	at := 0
	for {
		b := d.w.Unread()
		n := bytes.IndexByte(b[at:], '\n')
		if n >= 0 {
			at += n
		} else {
			at = len(b)
		}
		switch {
		case at > d.maxEvent:
			return Event{}, d.longLine()
		case n >= 0:
			return d.lineOf(at + 1)
		case d.w.More():
		case d.w.Err() != io.EOF:
			return Event{}, d.breakOff()
		default:
			return d.lineOf(len(b))
		}
	}
}

func (d *csvDecoder) lineOf(n int) (Event, error) {
	d.cells, _, _ = splitRecord(d.cells[:0], d.w.Unread()[:n], d.delimiter, lax, true)
	if len(d.cells) == len(d.header) {
		return d.row(n), nil
	}
	lost := d.lost(1, fmt.Sprintf("%d cells, the header has %d", len(d.cells), len(d.header)))
	d.pass(lost, n)
	return Event{}, lost
}

// longLine passes over a line that is longer than an event may be.
func (d *csvDecoder) longLine() error {
	lost := d.lost(1, tooLong(d.maxEvent))
	for {
		b := d.w.Unread()
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			d.pass(lost, n+1)
			return lost
		}
		d.pass(lost, len(b))
		if !d.w.More() {
			return lost
		}
	}
}

// cellText returns the text of a cell.
func (d *csvDecoder) cellText(c cell) []byte {
	text := d.w.Unread()[c.start:c.end]
	if !c.doubled {
		return text
	}
	d.scratch = d.scratch[:0]
	for {
		n := bytes.IndexByte(text, '"')
		if n < 0 {
			d.scratch = append(d.scratch, text...)
			return d.scratch
		}
		d.scratch = append(d.scratch, text[:n+1]...)
		text = text[min(n+2, len(text)):]
	}
}
