package archive

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
)

// bzip2Decoder reads bzip2 streams one after another.
type bzip2Decoder struct{ r io.Reader }

// The head of a stream is followed by that of its first block, or of its end: the digits of pi, or of its root.
var (
	bzip2Magic = []byte("BZh")
	bzip2Block = []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}
	bzip2End   = []byte{0x17, 0x72, 0x45, 0x38, 0x50, 0x90}
)

func isBzip2(head []byte) bool {
	if len(head) < 10 || !bytes.HasPrefix(head, bzip2Magic) {
		return false
	}
	return bytes.Equal(head[4:10], bzip2Block) || bytes.Equal(head[4:10], bzip2End)
}

func (d *bzip2Decoder) notes() []string { return nil }

func (d *bzip2Decoder) reset(r *bufio.Reader) error {
	d.r = bzip2.NewReader(r)
	return nil
}

func (d *bzip2Decoder) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	return n, namedAs("bzip2", err)
}

// namedAs makes an error of a library one that a reader of the coverage understands.
func namedAs(kind string, err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: the stream is cut off: %w", kind, io.ErrUnexpectedEOF)
	}
	return fmt.Errorf("%s: %w", kind, err)
}
