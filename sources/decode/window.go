package decode

import (
	"bytes"
	"io"
)

// blockSize is how much is read at once.
const blockSize = 256 << 10

const byteOrderMark = "\xef\xbb\xbf"

// window is the part of the stream that is in memory: buf[pos:end] is what the decoder has not consumed yet.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int
	base     int64 // offset in the stream of buf[0]
	line     int64 // line of buf[pos], 1-based
	err      error // what ended the stream; io.EOF if it ended well
}

func (w *window) reset(r io.Reader) {
	if w.buf == nil || cap(w.buf) > 4*blockSize { // one huge event must not hold its memory for good
		w.buf = make([]byte, blockSize)
	}
	*w = window{r: r, buf: w.buf[:cap(w.buf)], line: 1}
}

// unread returns what is in memory and not consumed.
func (w *window) unread() []byte { return w.buf[w.pos:w.end] }

// offset returns the place of buf[pos] in the stream.
func (w *window) offset() int64 { return w.base + int64(w.pos) }

// more reads another piece behind what is unread, and reports whether it came. What is unread moves in memory.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if w.pos > 0 {
		copy(w.buf, w.buf[w.pos:w.end])
		w.base += int64(w.pos)
		w.end -= w.pos
		w.pos = 0
	}
	if w.end == len(w.buf) {
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	for range 100 { // a reader may return nothing and no error, but not for ever
		n, err := w.r.Read(w.buf[w.end:min(len(w.buf), w.end+blockSize)])
		w.end += n
		w.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// peek returns the next n bytes without consuming them, fewer at the end of the stream.
func (w *window) peek(n int) []byte {
	for w.end-w.pos < n && w.more() {
	}
	return w.buf[w.pos:min(w.end, w.pos+n)]
}

// consume passes over the next n bytes, counting their lines.
func (w *window) consume(n int) {
	w.line += int64(bytes.Count(w.buf[w.pos:w.pos+n], newline))
	w.pos += n
}

var newline = []byte{'\n'}

// skipSpace consumes white space.
func (w *window) skipSpace() {
	for {
		b := w.unread()
		i := 0
		for i < len(b) && isSpace(b[i]) {
			i++
		}
		w.consume(i)
		if i < len(b) || !w.more() {
			return
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
