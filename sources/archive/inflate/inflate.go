// Package inflate decodes gzip (RFC 1952) and DEFLATE (RFC 1951), several members one after another included. It exists
// because inflating is nearly all of the time that a large corpus takes; docs/performance.md tells how it works.
//
// It does not encode, it knows no preset dictionaries and no zlib wrapper, and it keeps nothing of a member's header: names,
// times and extra fields are passed over.
//
// A Reader belongs to one goroutine. It owns its buffers, about 350 KiB, and uses them again after Reset, so that the next
// stream allocates nothing. What Next returns is lent: it is valid until the next call of a method but Stray. What Give returns is the caller's.
package inflate

import (
	"io"

	"retrohunt/sources/archive/crc"
)

const (
	// windowSize is the decoded bytes in memory, history included. Larger was slower: it leaves the second cache.
	windowSize = 256 << 10
	windowMask = windowSize - 1
	// historySize is how far back a match may reach.
	historySize = 32 << 10
	// windowSlack lets a masked index begin a piece of 16 bytes.
	windowSlack = 16
	// lastStart is the last place of the window where symbols may be decoded: 8 literals, the longest match, and the 64
	// bytes that its copy by pieces may write too many fit behind it.
	lastStart = windowSize - 512

	inputSize  = 64 << 10
	inputMask  = inputSize - 1
	inputSlack = 8 // as windowSlack
)

// format is what surrounds the compressed data.
type format string

const (
	formatGzip    format = "gzip"
	formatDeflate format = "deflate"
)

// Reader decodes one stream. Make it with NewReader or NewDeflateReader.
type Reader struct {
	format  format
	src     io.Reader
	readErr error // of src, which has nothing more
	err     error // what ended the stream; io.EOF if it ended well

	// The input: in[ip:end] is what the bit buffer has not taken. The lowest count&63 bits of bits are the next ones of the
	// stream; bits above those are zero or repeat what in[ip:] begins with. The rest of count is noise.
	bits  uint64
	count uint64
	ip    int
	end   int
	base  int64 // offset in the stream of in[0]

	// The output: out[start:op] is what the current member has decoded of late, and what matches may reach.
	op       int
	start    int
	lent     int // out[lent:op] has not been returned yet
	pending  []byte
	checked  int // out[checked:op] is not in checksum yet
	checksum uint32
	size     uint32 // of the member, without out[checked:op], modulo 2³²

	step   step
	final  bool // the block is the member's last
	stored int  // bytes that the stored block still has
	head   header
	stray  int64
	zeros  bool // no stray byte was anything but zero

	began int64  // offset of the block's first symbol
	brief bool   // the last block was short
	codes *codes // of the block
	own   codes  // of blocks that bring their own
	build builder

	in  [inputSize + inputSlack]byte
	out *Window
}

// Window is memory that a Reader decodes into.
type Window [windowSize + windowSlack]byte

// NewReader returns a Reader of the gzip members in src.
func NewReader(src io.Reader) *Reader {
	r := &Reader{format: formatGzip, out: new(Window)}
	r.Reset(src)
	return r
}

// NewDeflateReader returns a Reader of the raw DEFLATE stream that src begins with, as a member of a zip file holds it.
// Nothing checks its bytes: the caller does. Bytes behind its end may have been read from src.
func NewDeflateReader(src io.Reader) *Reader {
	r := &Reader{format: formatDeflate, out: new(Window)}
	r.Reset(src)
	return r
}

// Reset makes the Reader read another stream of the same format.
func (r *Reader) Reset(src io.Reader) {
	r.src, r.readErr, r.err = src, nil, nil
	r.bits, r.count, r.ip, r.end, r.base = 0, 0, 0, 0, 0
	r.op, r.lent, r.pending = 0, 0, nil
	r.stray, r.zeros = 0, true
	r.step = stepFirstMember
	if r.format == formatDeflate {
		r.startMember()
	}
}

// Next decodes on and returns what came of it: at least one byte, or the error that ended the stream, which is io.EOF
// after the last member. Every byte before an error is returned before the error. Next does not wait for more of the input
// while it holds decoded bytes.
func (r *Reader) Next() ([]byte, error) {
	if p := r.pending; len(p) > 0 {
		r.pending = nil
		return p, nil
	}
	if r.op > lastStart {
		r.moveTo(r.out)
	}
	for r.err == nil && r.op <= lastStart {
		if r.advance() {
			continue
		}
		if r.op > r.lent {
			break
		}
		r.fill()
	}
	if r.op == r.lent {
		return nil, r.err
	}
	r.check()
	p := r.out[r.lent:r.op:r.op]
	r.lent = r.op
	return p, nil
}

// MaxKeep is how many bytes NextBehind may keep.
const MaxKeep = historySize

// NextBehind is Next with the last keep bytes that were returned before in front of the block, as they lie in the window: at most
// MaxKeep, and no more than the stream had. With an error it returns these bytes alone. The block must not be written to.
func (r *Reader) NextBehind(keep int) ([]byte, error) {
	block, err := r.Next()
	return r.out[r.lent-len(block)-keep : r.lent : r.lent], err
}

// Give is Next for who wants to keep what came: it is w[from:end], and w is the caller's. What came before is in front of it, as far as NextBehind
// may keep it. The Reader goes on in spare.
func (r *Reader) Give(spare *Window) (w *Window, from, end int, err error) {
	block, err := r.Next()
	w, from, end = r.out, r.lent-len(block), r.lent
	r.moveTo(spare)
	return w, from, end, err
}

// Read reads decoded bytes. It copies them; Next does not.
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	block, err := r.Next()
	n := copy(p, block)
	r.pending = block[n:]
	return n, err
}

// Stray returns how many bytes stand behind the last member of a gzip stream, once Next has returned io.EOF. Bytes that are
// an error are told by the error.
func (r *Reader) Stray() int64 { return r.stray }

// moveTo goes on in a window, with the history at its front.
func (r *Reader) moveTo(w *Window) {
	shift := max(0, r.op-historySize)
	copy(w[:historySize], r.out[shift:r.op])
	r.out = w
	r.op -= shift
	r.lent -= shift
	r.checked -= shift
	r.start = max(0, r.start-shift)
}

// check adds what has been decoded to the member's checksum and size.
func (r *Reader) check() {
	if r.format == formatGzip {
		r.checksum = crc.Update(r.checksum, r.out[r.checked:r.op])
		r.size += uint32(r.op - r.checked)
	}
	r.checked = r.op
}
