package window

import "io"

// Hold begins with a piece of a stream that is all in memory, as if what lies before were consumed: offset bytes, and lines up to
// the one that is given. The piece is looked at where it lies, until the next Reset or Hold.
func (w *Window) Hold(piece []byte, offset, line int64) {
	*w = Window{own: w.own, buf: piece, lent: true, end: len(piece), base: offset, line: line, err: io.EOF}
}
