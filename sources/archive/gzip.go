package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// maxStray is how many bytes behind the last member are taken for a writer's slip rather than for lost data.
const maxStray = 512

// gzipDecoder reads gzip members one after another until the stream ends. Zeros, or a few stray bytes, behind the last
// member are noted; more than that is an error, for it may be a member whose head is damaged.
type gzipDecoder struct {
	input *bufio.Reader
	gz    gzip.Reader
	note  []string
	err   error
}

func isGzip(head []byte) bool {
	return len(head) >= 2 && head[0] == 0x1f && head[1] == 0x8b
}

func (d *gzipDecoder) notes() []string { return d.note }

func (d *gzipDecoder) reset(r *bufio.Reader) error {
	d.input, d.note = r, nil
	d.err = d.member()
	return nil // a damaged head is the stream's first error
}

// member starts the next member.
func (d *gzipDecoder) member() error {
	if err := d.gz.Reset(d.input); err != nil {
		return named(err)
	}
	d.gz.Multistream(false)
	return nil
}

func (d *gzipDecoder) Read(p []byte) (int, error) {
	for d.err == nil {
		n, err := d.gz.Read(p)
		switch {
		case err == nil:
			return n, nil
		case err == io.EOF:
			d.err = d.next()
		default:
			d.err = named(err)
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, d.err
}

// next goes on behind the end of a member.
func (d *gzipDecoder) next() error {
	magic, err := d.input.Peek(2)
	if isGzip(magic) {
		return d.member()
	}
	if len(magic) == 0 {
		return err
	}
	return d.stray()
}

// stray reads what stands behind the last member.
func (d *gzipDecoder) stray() error {
	var length int64
	zeros := true
	var block [4096]byte
	for {
		n, err := d.input.Read(block[:])
		length += int64(n)
		zeros = zeros && len(bytes.Trim(block[:n], "\x00")) == 0
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	switch {
	case length > maxStray && !zeros:
		return fmt.Errorf("gzip: %d bytes behind the last member are not gzip", length)
	case length == 1:
		d.note = append(d.note, "1 stray byte behind the last gzip member")
	default:
		d.note = append(d.note, fmt.Sprintf("%d stray bytes behind the last gzip member", length))
	}
	return io.EOF
}

// named makes an error of the library one that a reader of the coverage understands.
func named(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("gzip: the stream is cut off: %w", io.ErrUnexpectedEOF)
	case errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("gzip: %w", errChecksum)
	case errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("gzip: %w", errHeader)
	}
	return fmt.Errorf("gzip: %w", err)
}

var (
	errChecksum = errors.New("the checksum is wrong: some of the bytes before are not what was compressed")
	errHeader   = errors.New("a member's header is damaged")
)
