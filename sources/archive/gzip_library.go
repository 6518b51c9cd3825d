package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// This file inflates by klauspost/compress, for comparison with our own decoder: the same bytes and notes, and errors of the same
// kinds, without their places.

// gzipLibrary is gzipDecoder by the library.
type gzipLibrary struct {
	input *bufio.Reader
	gz    gzip.Reader
	note  []string
	err   error
}

func (d *gzipLibrary) notes() []string { return d.note }

func (d *gzipLibrary) reset(r *bufio.Reader) error {
	d.input, d.note = r, nil
	d.err = d.member()
	return nil // a damaged head is the stream's first error
}

// member starts the next member.
func (d *gzipLibrary) member() error {
	if err := d.gz.Reset(d.input); err != nil {
		return named(err)
	}
	d.gz.Multistream(false)
	return nil
}

func (d *gzipLibrary) Read(p []byte) (int, error) {
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
func (d *gzipLibrary) next() error {
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
func (d *gzipLibrary) stray() error {
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
	if length > maxStray && !zeros {
		return fmt.Errorf("gzip: %d bytes behind the last member are not gzip", length)
	}
	d.note = append(d.note, strayNote(length))
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

var errHeader = errors.New("a member's header is damaged")

// deflateLibrary is inflate.NewDeflateReader by the library.
type deflateLibrary struct{ io.ReadCloser }

func newDeflateLibrary(src io.Reader) deflateLibrary { return deflateLibrary{flate.NewReader(src)} }

// Reset makes the decoder read another stream. The library's never fails, but for what a dictionary could.
func (d deflateLibrary) Reset(src io.Reader) { _ = d.ReadCloser.(flate.Resetter).Reset(src, nil) }
