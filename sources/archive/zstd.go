package archive

import (
	"bufio"
	"bytes"
	"io"
	"iter"

	"github.com/klauspost/compress/zstd"
)

// maxWindow is the largest window of a zstd stream that is decoded: what zstd itself accepts without --long.
const maxWindow = 128 << 20

// lentFrom is how many bytes of a stream are read before blocks are lent: streams that have no more, of which there may be very many,
// are read without making a coroutine.
const lentFrom = 256 << 10

// zstdDecoder reads zstd frames one after another, skippable ones included.
//
// It lends the library's blocks where they lie. The library gives those to a writer alone, so it runs as a coroutine, which stands
// still while a block is used. A block ends anywhere, mostly within a line: what is kept of that line is put together with the rest of
// it in the seam, and of what follows nothing is copied.
type zstdDecoder struct {
	dec   *zstd.Decoder
	given int64 // bytes that were read before any were lent

	next   func() ([]byte, bool) // the next block, valid until it is called again; nil before any were lent
	stop   func()                // ends the coroutine
	err    error                 // what ended the stream, once next has said that there is no more
	piece  []byte                // a block, the rest of one, or the seam
	at     int                   // piece[:at] was read or lent
	seam   []byte
	seamed bool   // the piece is the seam
	rest   []byte // of the block whose first line went into the seam
}

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

func isZstd(head []byte) bool {
	skippable := len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18})
	return bytes.HasPrefix(head, zstdMagic) || skippable
}

func (d *zstdDecoder) notes() []string { return nil }

func (d *zstdDecoder) reset(r *bufio.Reader) (err error) {
	d.end()
	if d.dec == nil {
		d.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return err
		}
	}
	return d.dec.Reset(r)
}

// end ends the use of the stream, and the coroutine.
func (d *zstdDecoder) end() {
	if d.stop != nil {
		d.stop()
	}
	*d = zstdDecoder{dec: d.dec, seam: d.seam}
}

func (d *zstdDecoder) Read(p []byte) (int, error) {
	if d.next != nil {
		return d.copy(p)
	}
	n, err := d.dec.Read(p)
	if n == 0 && err != nil {
		n, err = d.dec.Read(p) // what was decoded before the error, as of a wrong checksum, comes behind it
	}
	d.given += int64(n)
	return n, namedAs("zstd", err)
}

// copy is Read once blocks were lent.
func (d *zstdDecoder) copy(p []byte) (int, error) {
	if d.at == len(d.piece) {
		block := d.block()
		if block == nil {
			return 0, d.err
		}
		d.use(block, 0)
	}
	n := copy(p, d.piece[d.at:])
	d.at += n
	return n, nil
}

func (d *zstdDecoder) lend(keep int) ([]byte, error) {
	if d.next == nil && d.given >= lentFrom {
		d.next, d.stop = iter.Pull(d.blocks)
	}
	if d.next == nil || keep > d.at {
		return nil, nil
	}
	if d.at == len(d.piece) {
		d.advance(keep)
	}
	from := d.at - keep
	if d.at == len(d.piece) {
		return d.piece[from:], d.err
	}
	d.at = len(d.piece)
	return d.piece[from:], nil
}

// advance goes on with the next piece, and keeps the last bytes of this one in front of it. The seam takes the first line of a block.
// But who reads need not go by lines: if some of the seam is kept, too, all that is left of the block goes there.
func (d *zstdDecoder) advance(keep int) {
	if keep == 0 {
		if block := d.block(); block != nil {
			d.use(block, 0)
		}
		return
	}
	d.seam = append(d.seam[:0], d.piece[d.at-keep:d.at]...) // before the next block takes the place of this one
	block := d.block()
	n := bytes.IndexByte(block, '\n') + 1
	if n == 0 || d.seamed {
		n = len(block)
	}
	d.seam, d.rest = append(d.seam, block[:n]...), block[n:]
	d.use(d.seam, keep)
	d.seamed = true
}

// use begins with a piece of which so many bytes were read or lent.
func (d *zstdDecoder) use(piece []byte, at int) { d.piece, d.at, d.seamed = piece, at, false }

// block returns what is left of a block, or the next one; nil at the end of the stream.
func (d *zstdDecoder) block() []byte {
	block := d.rest
	d.rest = nil
	if len(block) == 0 {
		block, _ = d.next()
	}
	return block
}

// blocks yields what the library decodes, until the stream ends or no more is wanted.
func (d *zstdDecoder) blocks(yield func([]byte) bool) {
	_, err := d.dec.WriteTo(writerFunc(func(b []byte) (int, error) {
		if !yield(b) {
			return 0, io.ErrClosedPipe
		}
		return len(b), nil
	}))
	if d.err = namedAs("zstd", err); err == nil {
		d.err = io.EOF
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
