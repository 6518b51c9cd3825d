package sources

import (
	"bytes"

	"retrohunt/sources/window"
)

// This file cuts whole lines off a stream, so that another Reader can make the events of them. In a stream with one object to a
// line an event depends on its own line and on nothing else, but for its ordinal, which is counted while cutting. A line that
// changes how the stream is framed is left to the reader of the stream, and so is one without an end, a giant, and one that
// begins with a byte order mark.

// Block is whole lines of a stream, with their place in it. It owns its memory, which Cut uses again, or swaps for that of the reader.
type Block struct {
	memory  []byte
	text    []byte // in memory
	offset  int64
	line    int64
	ordinal int64 // of the last event before
	bare    bool  // the stream's beginning is not in the sample
}

// blockParts is how many times the least size of a block it may have: as much as a window reads at once, of 64 KiB.
const blockParts = 4

// Cut passes over whole lines that are in memory and puts them into b: all of them, up to the line that ends behind 4 × least
// bytes. Where there is none in memory, it reads some. It reports false, and has consumed nothing, where there are none all the same,
// less than least bytes are in memory, or the stream is not lines; and where decoding the stream is what takes the time, for then
// one reader keeps up.
func (r *Reader) Cut(b *Block, least int) bool {
	if r.framing != lines || r.done != nil || r.opener.Behind() {
		return false
	}
	if bytes.IndexByte(r.w.Unread(), '\n') < 0 {
		r.w.More()
	}
	unread := r.w.Unread()
	if len(unread) < least {
		return false
	}
	n, lines, events := countLines(unread, blockParts*least, min(r.options.MaxEvent, window.BlockSize))
	if n == 0 {
		return false
	}
	b.offset, b.line, b.ordinal, b.bare = r.w.Offset(), r.w.Line(), r.ordinal, r.bare
	b.text, b.memory = r.w.TakeLines(n, lines, b.memory)
	r.ordinal += int64(events)
	return true
}

// OpenBlock begins with the lines of a block: Next returns their events, then io.EOF, as the reader of the stream would have.
// The block must stay as it is meanwhile. OpenBlock closes the input that was open.
func (r *Reader) OpenBlock(b *Block) {
	r.Close()
	r.begin()
	r.w.Hold(b.text, b.offset, b.line)
	r.framing, r.ordinal, r.bare = lines, b.ordinal, b.bare
}

// countLines returns the length of the lines at the start of b that Cut takes, none of which begins behind the first most bytes or is
// longer than maxLine without its end, their number, and how many of them are events.
func countLines(b []byte, most, maxLine int) (n, lines, events int) {
	for ; n < most; lines++ {
		end := bytes.IndexByte(b[n:], '\n')
		if end < 0 || end > maxLine {
			break
		}
		text := b[n : n+end]
		text = text[skipBlank(text, 0):]
		switch {
		case len(text) == 0:
		case text[0] == byteOrderMark[0], isArrayStart(text), mayBeEnvelope(text) && envelopeStart(text) > 0:
			return n, lines, events
		case text[0] == '{':
			events++
		}
		n += end + 1
	}
	return n, lines, events
}
