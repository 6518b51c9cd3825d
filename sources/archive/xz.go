package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/ulikunitz/xz"
)

// xzDecoder reads xz streams one after another.
type xzDecoder struct {
	input xzInput
	r     io.Reader
}

var xzMagic = []byte("\xfd7zXZ\x00")

func isXz(head []byte) bool          { return bytes.HasPrefix(head, xzMagic) }
func (d *xzDecoder) notes() []string { return nil }

func (d *xzDecoder) reset(r *bufio.Reader) error {
	head, _ := r.Peek(64)
	if n := xzDictionary(head); n > maxWindow {
		return fmt.Errorf("xz: its dictionary of %d bytes is larger than %d", n, maxWindow)
	}
	d.input = xzInput{r: r}
	x, err := xz.NewReader(&d.input)
	if err != nil {
		return namedAs("xz", err)
	}
	d.r = x
	return nil
}

func (d *xzDecoder) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err == io.EOF && d.input.last != xzFooter {
		err = io.ErrUnexpectedEOF
	}
	return n, namedAs("xz", err)
}

// xzFooter is how every stream ends.
var xzFooter = [2]byte{'Y', 'Z'}

// xzInput remembers the last bytes but zeros: the library takes the end of its input between two blocks, or in a block's
// header, for the end of the stream.
type xzInput struct {
	r    *bufio.Reader
	last [2]byte
}

func (x *xzInput) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	b := bytes.TrimRight(p[:n], "\x00")
	for _, c := range b[max(0, len(b)-2):] {
		x.last = [2]byte{x.last[1], c}
	}
	return n, err
}

func (x *xzInput) ReadByte() (byte, error) {
	c, err := x.r.ReadByte()
	if err == nil && c != 0 {
		x.last = [2]byte{x.last[1], c}
	}
	return c, err
}

// xzDictionary returns the size of the dictionary that the first block of a stream asks for, 0 if head does not show it.
// https://tukaani.org/xz/xz-file-format.txt, 3.1 and 5.3.1.
func xzDictionary(head []byte) int64 {
	const streamHeader, lzma2 = 12, 0x21
	if len(head) < streamHeader+2 {
		return 0
	}
	flags, b := head[streamHeader+1], head[streamHeader+2:]
	for _, sized := range []byte{0x40, 0x80} {
		if flags&sized != 0 {
			_, n := binary.Uvarint(b)
			b = b[max(0, n):]
		}
	}
	for range flags&3 + 1 {
		if len(b) < 3 || int(b[1]) > len(b)-2 {
			return 0
		}
		if b[0] == lzma2 {
			bits := b[2] & 0x3f
			return int64(2|bits&1) << (bits/2 + 11)
		}
		b = b[2+int(b[1]):]
	}
	return 0
}
