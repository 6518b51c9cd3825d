package inflate

import (
	"encoding/binary"
	"io"
)

// maxEmptyReads is how often a source may return nothing and no error.
const maxEmptyReads = 100

// fill reads more input behind what is left of it, or ends the stream.
func (r *Reader) fill() {
	switch {
	case r.atEnd():
		r.fail(errCutOff)
		return
	case r.readErr != nil:
		r.err = r.readErr
		return
	}
	r.unread()
	copy(r.in[:], r.in[r.ip:r.end])
	r.base += int64(r.ip)
	r.end -= r.ip
	r.ip = 0
	for range maxEmptyReads {
		n, err := r.src.Read(r.in[r.end:inputSize])
		r.end += n
		r.readErr = err
		if n > 0 || err != nil {
			return
		}
	}
	r.err = io.ErrNoProgress
}

// atEnd reports whether the input holds all that is left of the stream.
func (r *Reader) atEnd() bool { return r.readErr == io.EOF }

// unread gives the whole bytes of the bit buffer back to the input.
func (r *Reader) unread() {
	r.ip -= int(r.count & 63 >> 3)
	r.count &= 7
	r.bits &= 1<<r.count - 1
}

// align gives the bit buffer back and drops what is left of the byte that was begun.
func (r *Reader) align() {
	r.unread()
	r.bits, r.count = 0, 0
}

// offset returns the place in the stream of the byte whose bits come next.
func (r *Reader) offset() int64 {
	return r.base + int64(r.ip) - int64((r.count&63+7)>>3)
}

// refill takes what fits into the bit buffer: at least 56 bits, unless the input holds less.
func (r *Reader) refill() {
	r.count &= 63
	if r.ip+8 <= r.end {
		r.bits |= binary.LittleEndian.Uint64(r.in[r.ip:]) << r.count
		r.ip += int(63-r.count) >> 3
		r.count |= 56
		return
	}
	for r.count < 56 && r.ip < r.end {
		r.bits |= uint64(r.in[r.ip]) << r.count
		r.ip++
		r.count += 8
	}
}

// take consumes n bits, at most 16, and reports whether they were there.
func (r *Reader) take(n uint64) (value int, ok bool) {
	if r.count&63 < n {
		r.refill()
		if r.count < n {
			return 0, false
		}
	}
	value = int(r.bits & (1<<n - 1))
	r.bits >>= n
	r.count -= n
	return value, true
}

// bytes returns the next n bytes of a stream that is at a byte's start, nil if the input does not hold them yet.
func (r *Reader) bytes(n int) []byte {
	if r.end-r.ip < n {
		return nil
	}
	p := r.in[r.ip : r.ip+n]
	r.ip += n
	return p
}
