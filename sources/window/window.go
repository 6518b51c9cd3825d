// Package window is the part of a stream that is in memory while it is cut into events: what has been read and not consumed yet.
//
// It knows nothing of events. A Window belongs to one goroutine and owns its memory, which it uses again after Reset; where a
// stream lends its bytes, the window looks at them where they lie. What Unread and Peek return is valid until the next call of
// More, Peek, SkipSpace or Reset, and must not be written to.
package window

import (
	"bytes"
	"io"
)

// BlockSize is how much is read at once, in bytes; measured faster than larger blocks, which leave the cache.
const BlockSize = 256 << 10

// mostKept is how many bytes of memory are kept for the next stream: one huge event must not hold its memory for good.
const mostKept = 4 * BlockSize

// Lender is a stream that can lend its bytes, which saves a copy.
type Lender interface {
	// Lend returns the last keep bytes that were read or lent, and behind them at least one more, or the error that there are no
	// more. It returns nothing at all where the bytes must be read instead, this time. The bytes are valid until the next call, or
	// until the stream is read.
	Lend(keep int) ([]byte, error)
}

// Window is used from Reset on.
type Window struct {
	r        io.Reader
	lender   Lender // of what r reads; may be nil
	own      []byte
	buf      []byte // own, or lent
	lent     bool
	pos, end int   // buf[pos:end] is not consumed yet
	base     int64 // offset in the stream of buf[0]
	line     int64 // line of buf[pos], 1-based
	err      error
}

// Reset begins with a stream. The lender lends what r would read; it may be nil.
func (w *Window) Reset(r io.Reader, lender Lender) {
	if w.own == nil || len(w.own) > mostKept {
		w.own = make([]byte, BlockSize)
	}
	*w = Window{r: r, lender: lender, own: w.own, buf: w.own, line: 1}
}

// Unread returns what is in memory and not consumed.
func (w *Window) Unread() []byte { return w.buf[w.pos:w.end] }

// Rest returns what is not in memory yet. The window is not to be used on when it is read.
func (w *Window) Rest() io.Reader { return w.r }

// Offset returns how many bytes of the stream are consumed.
func (w *Window) Offset() int64 { return w.base + int64(w.pos) }

// Total returns how many bytes of the stream were read.
func (w *Window) Total() int64 { return w.base + int64(w.end) }

// Line returns the line, 1-based, of what comes next.
func (w *Window) Line() int64 { return w.line }

// Err returns what ended the stream once More has returned false: io.EOF if it ended well.
func (w *Window) Err() error { return w.err }

// Size returns how many bytes of memory the window owns.
func (w *Window) Size() int { return len(w.own) }

// More reads another piece behind what is unread, and reports whether it came. What is unread moves in memory.
func (w *Window) More() bool {
	if w.err != nil {
		return false
	}
	if w.lender != nil {
		unread := w.end - w.pos
		block, err := w.lender.Lend(unread)
		if block != nil {
			w.base += int64(w.pos)
			w.buf, w.lent, w.pos, w.end = block, true, 0, len(block)
		}
		if w.err = err; block != nil || err != nil {
			return len(block) > unread
		}
	}
	w.makeRoom()
	for range 100 { // a reader may return nothing and no error, but not for ever
		n, err := w.r.Read(w.buf[w.end:min(len(w.buf), w.end+BlockSize)])
		w.end += n
		w.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// makeRoom moves what is unread to the front of the window's own memory, which grows if that is full.
func (w *Window) makeRoom() {
	unread := w.Unread()
	if len(unread) >= len(w.own) {
		w.own = make([]byte, 2*len(unread))
	} else if w.pos == 0 && !w.lent {
		return
	}
	copy(w.own, unread)
	w.base += int64(w.pos)
	w.buf, w.lent, w.pos, w.end = w.own, false, 0, len(unread)
}

// Consume passes over the next n bytes, counting their lines.
func (w *Window) Consume(n int) {
	w.line += int64(bytes.Count(w.buf[w.pos:w.pos+n], newline))
	w.pos += n
}

var newline = []byte{'\n'}

// ConsumeLines passes over the next n bytes, which are so many lines with their ends: nothing needs to be counted.
func (w *Window) ConsumeLines(n, lines int) {
	w.pos += n
	w.line += int64(lines)
}

// Peek returns the next n bytes without consuming them, fewer at the end of the stream.
func (w *Window) Peek(n int) []byte {
	for w.end-w.pos < n && w.More() {
	}
	return w.buf[w.pos:min(w.end, w.pos+n)]
}

// LineEnd returns where the line ends that begins so many bytes behind what is consumed, and whether a newline stands
// there. Without one within limit bytes it is where the stream or the limit ends.
func (w *Window) LineEnd(from, limit int) (end int, ended bool) {
	for searched := from; ; {
		b := w.Unread()
		b = b[:min(len(b), from+limit)]
		if i := bytes.IndexByte(b[searched:], '\n'); i >= 0 {
			return searched + i, true
		}
		searched = len(b)
		if searched == from+limit || !w.More() {
			return searched, false
		}
	}
}

// SkipSpace consumes white space.
func (w *Window) SkipSpace() {
	for {
		b := w.Unread()
		i := 0
		for i < len(b) && IsSpace(b[i]) {
			i++
		}
		w.Consume(i)
		if i < len(b) || !w.More() {
			return
		}
	}
}

// IsSpace reports whether c is white space as JSON and XML have it.
func IsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
