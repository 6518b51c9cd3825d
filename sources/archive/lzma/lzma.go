// Package lzma decodes LZMA, as 7z archives hold it, and LZMA2, as they and xz streams do. What comes before damage is given before the
// error, to the last byte, and a dictionary takes memory only as it fills.
//
// It reads no files and checks no sums: what is around the data is the caller's. The algorithm is that of the LZMA specification in the
// LZMA SDK (DOC/lzma-specification.txt).
//
// A Reader belongs to one goroutine.
package lzma

import (
	"bufio"
	"errors"
	"io"
)

// MinDictionary is the smallest dictionary, in bytes.
const MinDictionary = 1 << 12

// ErrDamaged is data that no encoder wrote.
var ErrDamaged = errors.New("lzma: the data is damaged")

// Reader decodes one stream.
type Reader struct {
	src    *bufio.Reader
	window window
	model  model
	rc     rangeDecoder
	left   int64        // bytes to come of the chunk, or of the stream if it is LZMA
	packed bool         // the chunk is compressed
	next   func() error // behind it
	used   int64        // bytes of src, of LZMA2
	err    error
}

// NewReader returns a Reader of a stream of LZMA that decodes to size bytes. Properties are the byte that its headers begin with, and
// dictionary is the size of the dictionary in bytes. Bytes behind the stream may be read from src.
func NewReader(src *bufio.Reader, properties byte, dictionary, size int64) *Reader {
	r := &Reader{src: src, left: size, packed: true}
	r.window.most = max(dictionary, MinDictionary)
	r.rc.more = r.more
	r.next = func() error { return r.end() }
	if r.err = r.model.set(properties); r.err == nil {
		r.err = r.rc.start()
	}
	return r
}

// Used returns how many bytes of src a Reader of LZMA2 has read, at its end.
func (r *Reader) Used() int64 { return r.used }

// Dictionary2 returns the size of a dictionary of LZMA2, in bytes, by the byte of at most 40 that stands for it.
func Dictionary2(bits byte) int64 { return int64(2|bits&1) << (bits/2 + 11) }

// NewReader2 returns a Reader of a stream of LZMA2. It reads no byte behind its end.
func NewReader2(src *bufio.Reader, dictionary int64) *Reader {
	r := &Reader{src: src}
	r.window.most = max(dictionary, MinDictionary)
	c := &chunks{Reader: r, wants: wantsDictionary}
	r.rc.more = func() ([]byte, error) { return nil, c.cut() }
	r.next = c.next
	return r
}

// end ends a stream of LZMA, whose last match may not go beyond it.
func (r *Reader) end() error {
	if r.model.left > 0 {
		return ErrDamaged
	}
	return io.EOF
}

// more returns the next bytes of LZMA.
func (r *Reader) more() ([]byte, error) {
	r.src.Discard(len(r.rc.in))
	r.rc.in = nil
	if _, err := r.src.Peek(1); err != nil {
		return nil, noEOF(err)
	}
	return r.src.Peek(r.src.Buffered())
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	w := &r.window
	for w.read == w.at && r.err == nil {
		if r.left == 0 {
			r.err = r.next()
			continue
		}
		w.room()
		before := w.at
		r.err = r.decode(min(len(w.buf), w.at+int(min(r.left, most))))
		r.left -= int64(w.at - before)
	}
	n := copy(p, w.buf[w.read:w.at])
	w.read += n
	if n > 0 {
		return n, nil
	}
	return 0, r.err
}

// most is how many bytes are decoded at once.
const most = 32 << 10

// window is what was decoded last: a ring, once it is as large as the dictionary.
type window struct {
	buf  []byte
	most int64 // bytes that it may grow to
	at   int   // where the next byte goes
	read int   // up to where it was given
	have int64 // bytes that a match may reach back
	pos  uint32
}

// room makes room for a byte at least, when all was given.
func (w *window) room() {
	if w.at < len(w.buf) {
		return
	}
	if size := int64(len(w.buf)); size < w.most {
		grown := make([]byte, min(w.most, max(2*size, 1<<16)))
		copy(grown, w.buf)
		w.buf = grown
		return
	}
	w.at, w.read = 0, 0
}

// back returns the byte so far back, which there must be.
func (w *window) back(distance int64) byte {
	i := int64(w.at) - distance
	if i < 0 {
		i += int64(len(w.buf))
	}
	return w.buf[i]
}

func (w *window) put(c byte) {
	w.buf[w.at] = c
	w.at++
	w.pos++
	w.have = min(w.have+1, w.most)
}

// repeat copies n bytes from so far back, or as many as fit before the limit. It returns how many it did not.
func (w *window) repeat(distance int64, n, limit int) int {
	for ; n > 0 && w.at < limit; n-- {
		w.put(w.back(distance))
	}
	return n
}

// fill reads n bytes as they are, or as many as fit before the limit.
func (w *window) fill(src io.Reader, limit int) error {
	n, err := io.ReadFull(src, w.buf[w.at:limit])
	w.at += n
	w.pos += uint32(n)
	w.have = min(w.have+int64(n), w.most)
	return noEOF(err)
}

// decode decodes up to a place in the window. What it decoded before an error counts.
func (r *Reader) decode(limit int) error {
	if !r.packed {
		return r.window.fill(r.src, limit)
	}
	m, w := &r.model, &r.window
	for w.at < limit {
		if m.left > 0 {
			m.left = w.repeat(int64(m.reps[0])+1, m.left, limit)
			continue
		}
		at := w.at
		if err := m.symbol(&r.rc, w); err != nil {
			return err
		}
		if r.rc.err != nil {
			w.at, m.left = at, 0
			return r.rc.err
		}
	}
	return nil
}
