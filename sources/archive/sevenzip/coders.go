package sevenzip

import (
	"bufio"
	"compress/bzip2"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/stangelandcl/ppmd"

	"retrohunt/sources/archive/inflate"
	"retrohunt/sources/archive/lzma"
)

// decoding is the making of what flows out of one folder.
type decoding struct {
	reader *Reader
	folder *folder
	memory int64 // that its coders need so far
}

// method is a way of coding.
type method struct {
	inputs int
	open   func(d *decoding, properties []byte, in []*bufio.Reader, size int64) (io.Reader, error)
}

// methodAES is AES-256 with a key made by SHA-256.
var methodAES = []byte{0x06, 0xf1, 0x07, 0x01}

// methods are the ways of coding that are read, by the ids of Methods.txt of the LZMA SDK.
func methods(id []byte) (method, bool) {
	switch string(id) {
	case "\x00":
		return method{1, copied}, true
	case "\x03":
		return method{1, newDelta}, true
	case "\x04", "\x03\x03\x01\x03":
		return method{1, filteredBy(func() converter { return &x86{} })}, true
	case "\x03\x03\x01\x1b":
		return method{4, newBCJ2}, true
	case "\x0a":
		return method{1, filteredBy(func() converter { return &arm64{} })}, true
	case "\x21":
		return method{1, newLZMA2}, true
	case "\x03\x01\x01":
		return method{1, newLZMA}, true
	case "\x03\x04\x01":
		return method{1, newPPMd}, true
	case "\x04\x01\x08":
		return method{1, newDeflate}, true
	case "\x04\x02\x02":
		return method{1, newBzip2}, true
	case "\x04\xf7\x11\x01":
		return method{1, newZstd}, true
	case string(methodAES):
		return method{1, newAES}, true
	}
	return method{}, false
}

// open begins with the content of a folder.
func (r *Reader) open(o *folder) (*content, error) {
	encrypted := o.encrypted()
	if encrypted && r.options.Password == "" {
		return nil, ErrEncrypted
	}
	d := &decoding{reader: r, folder: o}
	c := &content{encrypted: encrypted}
	out, err := d.main()
	if err != nil {
		if _, ok := err.(*UnsupportedError); ok {
			return nil, err
		}
		return nil, c.named(cutOff(err))
	}
	c.r = out
	return c, nil
}

// main returns what flows out of the folder.
func (d *decoding) main() (r io.Reader, err error) {
	defer caught(&err)
	return d.output(d.folder.main())
}

// cutOff returns an error of a coder's beginning, for which the end of its input is one.
func cutOff(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// output returns what flows out of a coder.
func (d *decoding) output(i int) (io.Reader, error) {
	c, size := &d.folder.coders[i], d.folder.sizes[i]
	m, ok := methods(c.method)
	if !ok {
		return nil, &UnsupportedError{fmt.Sprintf("compressed with the method %x, which is not supported", c.method)}
	}
	if c.inputs != m.inputs {
		return nil, fmt.Errorf("the method %x with %d inputs", c.method, c.inputs)
	}
	var in []*bufio.Reader
	for input := c.first; input < c.first+c.inputs; input++ {
		s, err := d.input(input)
		if err != nil {
			return nil, err
		}
		in = append(in, s)
	}
	r, err := m.open(d, c.properties, in, size)
	if err != nil {
		return nil, err
	}
	return &sized{r: r, left: size}, nil
}

// input returns what flows into a coder: a packed stream, or the output of another coder.
func (d *decoding) input(input int) (*bufio.Reader, error) {
	for _, b := range d.folder.bonds {
		if b.input != input {
			continue
		}
		r, err := d.output(b.coder)
		if err != nil {
			return nil, err
		}
		return bufio.NewReader(&told{r, d.reader.options.Decoded}), nil
	}
	place := d.folder.place
	for i, packed := range d.folder.packed {
		size := d.folder.packSizes[i]
		if packed == input {
			return d.packed(place, size)
		}
		place += uint64(size)
	}
	return nil, fmt.Errorf("a coder that nothing flows into")
}

// packed returns a packed stream, by its place behind the start header.
func (d *decoding) packed(place uint64, size int64) (*bufio.Reader, error) {
	behind := d.reader.size - startHeader
	if place > uint64(behind) {
		return nil, io.ErrUnexpectedEOF
	}
	size = min(size, behind-int64(place))
	section := io.NewSectionReader(d.reader.at, startHeader+int64(place), size)
	return bufio.NewReaderSize(section, 32<<10), nil
}

// keep counts memory that a coder may come to need.
func (d *decoding) keep(n int64) error {
	if d.memory += n; n > MaxMemory || d.memory > MaxMemory {
		return &UnsupportedError{fmt.Sprintf("it takes %d bytes of memory to decompress, which is more than %d", d.memory, MaxMemory)}
	}
	return nil
}

// allocate counts memory that a coder takes at once.
func (d *decoding) allocate(n int64) error {
	if err := d.keep(n); err != nil {
		return err
	}
	return d.reader.options.Decoded(n / memoryShare)
}

// sized reads as many bytes as a coder is to give.
type sized struct {
	r    io.Reader
	left int64
}

func (s *sized) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	n, err := s.r.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	if err == io.EOF && s.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// told tells of what flows from one coder to the next.
type told struct {
	r       io.Reader
	decoded func(int64) error
}

func (t *told) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if spent := t.decoded(int64(n)); spent != nil && err == nil {
		err = spent
	}
	return n, err
}

func copied(_ *decoding, _ []byte, in []*bufio.Reader, _ int64) (io.Reader, error) { return in[0], nil }

func newLZMA(d *decoding, properties []byte, in []*bufio.Reader, size int64) (io.Reader, error) {
	if len(properties) != 5 {
		return nil, fmt.Errorf("LZMA with %d bytes of properties", len(properties))
	}
	dictionary := min(size, int64(binary.LittleEndian.Uint32(properties[1:])))
	if err := d.keep(dictionary); err != nil {
		return nil, err
	}
	return lzma.NewReader(in[0], properties[0], dictionary, size), nil
}

func newLZMA2(d *decoding, properties []byte, in []*bufio.Reader, size int64) (io.Reader, error) {
	if len(properties) != 1 || properties[0] > 40 {
		return nil, fmt.Errorf("LZMA2 with properties %x", properties)
	}
	dictionary := min(size, lzma.Dictionary2(properties[0]))
	if err := d.keep(dictionary); err != nil {
		return nil, err
	}
	return lzma.NewReader2(in[0], dictionary), nil
}

func newPPMd(d *decoding, properties []byte, in []*bufio.Reader, size int64) (io.Reader, error) {
	if len(properties) != 5 {
		return nil, fmt.Errorf("PPMd with %d bytes of properties", len(properties))
	}
	memory := int64(binary.LittleEndian.Uint32(properties[1:]))
	if err := d.allocate(memory); err != nil {
		return nil, err
	}
	r, err := ppmd.NewH7zReader(in[0], int(properties[0]), int(memory), int(size))
	return &r, err
}

func newDeflate(_ *decoding, _ []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
	return inflate.NewDeflateReader(in[0]), nil
}

func newBzip2(_ *decoding, _ []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
	return bzip2.NewReader(in[0]), nil
}

// maxWindow is the largest window of zstd: what zstd itself accepts without --long.
const maxWindow = 128 << 20

func newZstd(d *decoding, _ []byte, in []*bufio.Reader, size int64) (io.Reader, error) {
	if err := d.allocate(min(maxWindow, size)); err != nil {
		return nil, err
	}
	return d.reader.zstd.take(in[0])
}

// zstdDecoders are used for one folder after the other, with their windows.
type zstdDecoders struct {
	all  []*zstd.Decoder
	used int
}

func (z *zstdDecoders) take(r io.Reader) (io.Reader, error) {
	if z.used == len(z.all) {
		dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		z.all = append(z.all, dec)
	}
	z.used++
	dec := z.all[z.used-1]
	return dec, dec.Reset(r)
}

// release ends the use of all.
func (z *zstdDecoders) release() { z.used = 0 }
