package window

import "io"

// TakeLines passes over the next n bytes, at least one, which are so many lines, as ConsumeLines does, and returns them in memory that is the caller's:
// in that of taken, which may be nil, or in the window's own, which keeps taken's instead, where that is less to copy. memory is all of the
// memory that the caller has then.
func (w *Window) TakeLines(n, lines int, taken []byte) (piece, memory []byte) {
	if cap(taken) < BlockSize {
		taken = make([]byte, BlockSize)
	}
	piece = w.buf[w.pos : w.pos+n]
	w.ConsumeLines(n, lines)
	if w.lent || len(w.Unread()) > min(n, BlockSize/2) || len(w.own) > mostKept {
		memory = append(taken[:0], piece...)
		return memory, memory
	}
	memory, w.own = w.own, taken[:cap(taken)]
	w.makeRoom()
	return piece, memory
}

// Hold begins with a piece of a stream that is all in memory, as if what lies before were consumed: offset bytes, and lines up to
// the one that is given. The piece is looked at where it lies, until the next Reset or Hold.
func (w *Window) Hold(piece []byte, offset, line int64) {
	*w = Window{own: w.own, buf: piece, lent: true, end: len(piece), base: offset, line: line, err: io.EOF}
}
