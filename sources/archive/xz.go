package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"sync"

	"retrohunt/sources/archive/lzma"
)

// xzDecoder reads xz streams one after another: https://tukaani.org/xz/xz-file-format.txt. Each of their blocks says how large a
// dictionary it wants: it gets one as far as it fills it, up to maxWindow.
type xzDecoder struct {
	r       *bufio.Reader
	n       int64 // bytes read of the stream
	kind    byte  // of the blocks' checks
	block   xzBlock
	records int64     // blocks of the stream so far
	index   hash.Hash // of what the index must say of them
	err     error
}

// xzBlock is the block that is open.
type xzBlock struct {
	r                *lzma.Reader // nil for none
	dictionary       int64        // that the header claims
	check            hash.Hash    // nil for none
	start            int64        // of the block
	data             int64        // start of what is compressed
	n                int64        // bytes decoded
	packed, unpacked int64        // sizes that the header tells; -1 if it does not
}

var (
	xzMagic  = []byte("\xfd7zXZ\x00")
	xzFooter = []byte("YZ")
	xzTable  = sync.OnceValue(func() *crc64.Table { return crc64.MakeTable(crc64.ECMA) })
)

var errXz = errors.New("the stream is damaged")

func isXz(head []byte) bool          { return bytes.HasPrefix(head, xzMagic) }
func (d *xzDecoder) notes() []string { return nil }

func (d *xzDecoder) reset(r *bufio.Reader) error {
	*d = xzDecoder{r: r, index: sha256.New()}
	return namedAs("xz", d.header())
}

func (d *xzDecoder) Read(p []byte) (n int, err error) {
	for n == 0 && d.err == nil {
		n, d.err = d.read(p)
	}
	return n, namedAs("xz", d.err)
}

func (d *xzDecoder) read(p []byte) (int, error) {
	if d.block.r == nil {
		if err := d.next(); err != nil || d.block.r == nil {
			return 0, err
		}
	}
	b := &d.block
	n, err := b.r.Read(p)
	b.n += int64(n)
	if b.check != nil {
		b.check.Write(p[:n])
	}
	switch {
	case err == io.EOF:
		err = d.endBlock()
	case err == nil && b.n > maxWindow && b.dictionary > maxWindow:
		err = fmt.Errorf("its dictionary of %d bytes is larger than %d", b.dictionary, maxWindow)
	}
	return n, err
}

// xzInput counts what is read of the stream's own.
type xzInput struct{ d *xzDecoder }

func (x xzInput) Read(p []byte) (int, error) {
	n, err := x.d.r.Read(p)
	x.d.n += int64(n)
	return n, err
}

// full reads n bytes of the stream's own.
func (d *xzDecoder) full(n int) ([]byte, error) {
	b := make([]byte, n)
	got, err := io.ReadFull(d.r, b)
	d.n += int64(got)
	return b, noEOF(err)
}

// header reads that of a stream.
func (d *xzDecoder) header() error {
	b, err := d.full(12)
	if err != nil {
		return err
	}
	if !isXz(b) || b[6] != 0 || binary.LittleEndian.Uint32(b[8:]) != crc32.ChecksumIEEE(b[6:8]) {
		return errXz
	}
	d.kind, d.records = b[7], 0
	d.index.Reset()
	return nil
}

// newCheck returns how blocks are checked, nil if they are not. What is no known way is not checked, as the format has it.
func (d *xzDecoder) newCheck() hash.Hash {
	switch d.kind {
	case 0x01:
		return crc32.NewIEEE()
	case 0x04:
		return crc64.New(xzTable())
	case 0x0a:
		return sha256.New()
	}
	return nil
}

// next begins with the next block; behind the last one it reads the index and goes on to the next stream.
func (d *xzDecoder) next() error {
	size, err := d.r.ReadByte()
	if err != nil {
		return noEOF(err)
	}
	start := d.n
	d.n++
	if size == 0 {
		return d.end(start)
	}
	rest, err := d.full(4*int(size) + 3)
	if err != nil {
		return err
	}
	head, sum := append([]byte{size}, rest[:len(rest)-4]...), rest[len(rest)-4:]
	if crc32.ChecksumIEEE(head) != binary.LittleEndian.Uint32(sum) {
		return errXz
	}
	return d.open(start, head[1:])
}

// open begins with a block, by its header.
func (d *xzDecoder) open(start int64, head []byte) error {
	const filters, reserved, hasPacked, hasUnpacked, lzma2 = 0x03, 0x3c, 0x40, 0x80, 0x21
	flags, f := head[0], xzFields{head[1:], nil}
	b := xzBlock{start: start, data: d.n, packed: -1, unpacked: -1, check: d.newCheck()}
	if flags&hasPacked != 0 {
		b.packed = f.number()
	}
	if flags&hasUnpacked != 0 {
		b.unpacked = f.number()
	}
	id, length := f.number(), f.number()
	if flags&filters != 0 || id != lzma2 && f.err == nil {
		return fmt.Errorf("a block is filtered in a way that is not supported")
	}
	if f.err != nil || flags&reserved != 0 || length != 1 || len(f.b) < 1 || f.b[0] > 40 {
		return errXz
	}
	b.dictionary = lzma.Dictionary2(f.b[0])
	b.r = lzma.NewReader2(d.r, min(b.dictionary, maxWindow))
	d.block = b
	return nil
}

// endBlock reads what is behind the data of a block, and notes what the index must say of it.
func (d *xzDecoder) endBlock() error {
	b := &d.block
	packed := b.r.Used()
	d.n += packed
	padding, err := d.full(int(-packed & 3))
	if err != nil {
		return err
	}
	check, err := d.full(xzCheckSize(d.kind))
	if err != nil {
		return err
	}
	if len(bytes.Trim(padding, "\x00")) > 0 || b.packed >= 0 && b.packed != packed || b.unpacked >= 0 && b.unpacked != b.n {
		return errXz
	}
	if b.check != nil && !bytes.Equal(xzSum(b.check), check) {
		return errChecksum
	}
	d.note(b.data-b.start+packed+int64(len(check)), b.n)
	*b = xzBlock{}
	d.records++
	return nil
}

// xzCheckSize is the format's, for known and unknown kinds.
func xzCheckSize(kind byte) int {
	if kind == 0 {
		return 0
	}
	return 4 << ((kind&0x0f - 1) / 3)
}

// xzSum returns a checksum as it is stored: numbers with the lowest byte first.
func xzSum(h hash.Hash) []byte {
	sum := h.Sum(nil)
	if h.Size() < sha256.Size {
		for i, j := 0, len(sum)-1; i < j; i, j = i+1, j-1 {
			sum[i], sum[j] = sum[j], sum[i]
		}
	}
	return sum
}

// note adds a record to what the index must say.
func (d *xzDecoder) note(unpadded, unpacked int64) {
	d.index.Write(binary.AppendVarint(binary.AppendVarint(nil, unpadded), unpacked))
}

// end reads the index behind the blocks, whose first byte was at start, and the footer.
func (d *xzDecoder) end(start int64) error {
	want := d.index.Sum(nil)
	d.index.Reset()
	sum := crc32.NewIEEE()
	sum.Write([]byte{0})
	f := io.TeeReader(xzInput{d}, sum)
	count, err := xzNumber(f)
	if err != nil || count != d.records {
		return damagedXz(err)
	}
	for range count {
		unpadded, err := xzNumber(f)
		if err != nil {
			return err
		}
		unpacked, err := xzNumber(f)
		if err != nil {
			return err
		}
		d.note(unpadded, unpacked)
	}
	var padding [3]byte
	if _, err := io.ReadFull(f, padding[:-(d.n-start)&3]); err != nil {
		return noEOF(err)
	}
	if padding != [3]byte{} || !bytes.Equal(d.index.Sum(nil), want) {
		return errXz
	}
	tail, err := d.full(4)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(tail) != sum.Sum32() {
		return errXz
	}
	return d.footer(d.n - start)
}

func (d *xzDecoder) footer(index int64) error {
	b, err := d.full(12)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	if le.Uint32(b) != crc32.ChecksumIEEE(b[4:10]) || (int64(le.Uint32(b[4:]))+1)*4 != index || b[8] != 0 || b[9] != d.kind ||
		!bytes.Equal(b[10:], xzFooter) {
		return errXz
	}
	return d.nextStream()
}

// nextStream skips what is between streams, zeros by fours, and returns io.EOF if there is no other.
func (d *xzDecoder) nextStream() error {
	for {
		b, err := d.r.Peek(4)
		switch {
		case len(b) == 0 && err == io.EOF:
			return io.EOF
		case err != nil:
			return noEOF(err)
		case binary.LittleEndian.Uint32(b) != 0:
			return d.header()
		}
		d.r.Discard(4)
	}
}

// damagedXz returns err, or that the stream is damaged.
func damagedXz(err error) error {
	if err != nil {
		return err
	}
	return errXz
}

// xzFields is what is left of a block's header.
type xzFields struct {
	b   []byte
	err error
}

func (f *xzFields) number() int64 {
	r := bytes.NewReader(f.b)
	n, err := xzNumber(r)
	f.b = f.b[len(f.b)-r.Len():]
	f.err = errors.Join(f.err, err)
	return n
}

// xzNumber reads a number of at most nine bytes.
func xzNumber(r io.Reader) (n int64, err error) {
	var b [1]byte
	for shift := 0; shift < 63; shift += 7 {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return 0, noEOF(err)
		}
		n |= int64(b[0]&0x7f) << shift
		if b[0] < 0x80 {
			return n, nil
		}
	}
	return 0, errXz
}
