package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"retrohunt/sources/archive/inflate"
)

// This file inflates several members of a gzip stream at once where each says how long it is, as bgzip writes them (BGZF, SAM
// specification 4.1). Members are cut off in batches. A batch whose members decode to its very end is what decoding one member
// after another gives; from the first that does not, the stream is decoded so, and whatever is wrong shows as it does anywhere.

const (
	// batchSize is how many bytes a batch has at most, and decodes to. A member has no more than a quarter of that.
	batchSize = 256 << 10
	bgzipHead = 18 // bytes up to the length of the member, where the extra field has nothing else
)

// bgzipped decodes a stream of such members.
type bgzipped struct {
	input  *bufio.Reader
	source *counted // which input reads, and nothing else
	depth  int      // batches that are decoded at once
	queue  []*batch // cut off and not read, in the order of the stream
	spare  []*batch
	begun  int64     // place in the stream of queue[0]
	tail   *gzipTail // nil before the first batch that is none
	serial *inflate.Reader
}

// batch is some members. It belongs to the goroutine that decodes it until done says something.
type batch struct {
	raw     []byte
	stored  int64 // bytes that were read of the source when it was cut off
	out     []byte
	from    int // out[from:] was not read yet
	inflate *inflate.Reader
	done    chan bool // says once whether it decodes to its very end
	over    bool      // it has said so
	whole   bool      // what it said
}

// isBgzip reports whether a member begins as bgzip's do.
func isBgzip(head []byte) bool {
	const deflated, hasExtra = 8, 4
	return len(head) >= bgzipHead && isGzip(head) && head[2] == deflated && head[3] == hasExtra && string(head[10:16]) == "\x06\x00BC\x02\x00"
}

func (d *bgzipped) reset(input *bufio.Reader, source *counted, depth int) {
	for len(d.queue) > 0 {
		d.queue[0].isWhole()
		d.drop()
	}
	d.input, d.source, d.depth, d.begun, d.tail = input, source, max(1, depth), 0, nil
	source.unasked = 0
}

// cut cuts the next members off the stream, nil if there are none that say how long they are.
func (d *bgzipped) cut() *batch {
	b := d.take()
	for size := 0; ; {
		head, _ := d.input.Peek(bgzipHead)
		if !isBgzip(head) {
			break
		}
		length := int(binary.LittleEndian.Uint16(head[16:])) + 1
		member, _ := d.input.Peek(length)
		if len(member) < length || length < bgzipHead+8 {
			break // cut off, or a lie
		}
		size += int(binary.LittleEndian.Uint32(member[length-4:]))
		if len(b.raw) > 0 && (size > batchSize || len(b.raw)+length > batchSize) {
			break
		}
		b.raw = append(b.raw, member...)
		_, _ = d.input.Discard(length) // it was all there
	}
	if b.stored = d.source.n; len(b.raw) > 0 {
		return b
	}
	d.spare = append(d.spare, b)
	return nil
}

// take returns an empty batch.
func (d *bgzipped) take() *batch {
	last := len(d.spare) - 1
	if last < 0 {
		return &batch{raw: make([]byte, 0, batchSize), out: make([]byte, 0, batchSize), inflate: inflate.NewReader(nil), done: make(chan bool, 1)}
	}
	b := d.spare[last]
	d.spare = d.spare[:last]
	b.raw, b.out, b.from, b.over = b.raw[:0], b.out[:0], 0, false
	return b
}

// drop ends the use of the oldest batch.
func (d *bgzipped) drop() {
	b := d.queue[0]
	d.begun += int64(len(b.raw))
	d.queue = append(d.queue[:0], d.queue[1:]...)
	d.spare = append(d.spare, b)
}

func (b *batch) decode() {
	b.inflate.Reset(bytes.NewReader(b.raw))
	for {
		block, err := b.inflate.Next()
		if len(b.out)+len(block) > cap(b.out) || err != nil {
			b.done <- err == io.EOF && b.inflate.Stray() == 0
			return
		}
		b.out = append(b.out, block...)
	}
}

// isWhole waits until the batch is decoded, and reports whether it decodes to its very end.
func (b *batch) isWhole() bool {
	if !b.over {
		b.whole, b.over = <-b.done, true
	}
	return b.whole
}

// Read reads no more than what one batch holds.
func (d *bgzipped) Read(p []byte) (int, error) {
	for d.tail == nil {
		if b := d.current(); b != nil {
			n := copy(p, b.out[b.from:])
			b.from += n
			return n, nil
		}
	}
	return d.readTail(p)
}

// current returns a batch with bytes that were not read, nil where one had none; at the end of the batches there is a tail then.
func (d *bgzipped) current() *batch {
	d.cutAhead()
	if len(d.queue) == 0 || !d.queue[0].isWhole() {
		d.startTail()
		return nil
	}
	b := d.queue[0]
	d.source.unasked = d.source.n - b.stored
	if b.from == len(b.out) {
		d.drop()
		return nil
	}
	return b
}

// cutAhead has as many batches decoded as are decoded at once.
func (d *bgzipped) cutAhead() {
	for len(d.queue) < d.depth {
		b := d.cut()
		switch {
		case b == nil:
			return
		case d.depth == 1:
			b.decode()
		default:
			go b.decode()
		}
		d.queue = append(d.queue, b)
	}
}

// emptyMember decodes to nothing.
const emptyMember = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// startTail goes on as any gzip stream is decoded, from the first batch in the queue on. An empty member in front makes what comes
// no first member.
func (d *bgzipped) startTail() {
	for _, b := range d.queue {
		b.isWhole() // and nobody uses its raw bytes any more
	}
	d.tail = &gzipTail{from: d, shift: d.begun - int64(len(emptyMember)), chunk: []byte(emptyMember), next: d.queue}
	if d.serial == nil {
		d.serial = inflate.NewReader(nil)
	}
	d.serial.Reset(d.tail)
}

func (d *bgzipped) readTail(p []byte) (int, error) {
	n, err := d.serial.Read(p)
	var damage *inflate.Error
	if errors.As(err, &damage) {
		err = &inflate.Error{Format: damage.Format, Offset: damage.Offset + d.tail.shift, Err: damage.Err}
	}
	return n, err
}

// gzipTail is the compressed bytes from where batches end. They come in the same pieces for any number of batches at once, so that
// the same bytes count as read.
type gzipTail struct {
	from  *bgzipped
	shift int64 // from places in the tail to those in the stream
	chunk []byte
	next  []*batch // whose raw bytes follow
	over  bool     // no batches follow
}

func (t *gzipTail) Read(p []byte) (int, error) {
	d := t.from
	for len(t.chunk) == 0 && !t.over {
		if len(t.next) == 0 {
			b := d.cut()
			if t.over = b == nil; t.over {
				break
			}
			t.next = []*batch{b}
		}
		t.chunk, d.source.unasked = t.next[0].raw, d.source.n-t.next[0].stored
		t.next = t.next[1:]
	}
	if t.over {
		d.source.unasked = 0
		return d.input.Read(p)
	}
	n := copy(p, t.chunk)
	t.chunk = t.chunk[n:]
	return n, nil
}
