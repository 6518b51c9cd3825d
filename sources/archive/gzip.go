package archive

import (
	"bufio"
	"fmt"
	"io"

	"retrohunt/sources/archive/inflate"
)

// gzipDecoder reads gzip members one after another until the stream ends. Zeros, or a few stray bytes, behind the last
// member are noted; more than that is an error, for it may be a member whose head is damaged.
type gzipDecoder struct {
	inflate *inflate.Reader
	ended   bool // well
	bgzip   *bgzipped
	members bool // bgzip reads the stream
	source  *counted
	depth   int
}

// atOnce lets the next stream, which is read from nothing but the source, be decoded by so many goroutines.
func (d *gzipDecoder) atOnce(source *counted, depth int) { d.source, d.depth = source, depth }

func newGzip(o *Options) decoder {
	if o.Inflate == InflateLibrary {
		return &gzipLibrary{}
	}
	return &gzipDecoder{inflate: inflate.NewReader(nil)}
}

func isGzip(head []byte) bool {
	return len(head) >= 2 && head[0] == 0x1f && head[1] == 0x8b
}

func (d *gzipDecoder) notes() []string {
	r := d.inflate
	if d.members {
		r = d.bgzip.serial
	}
	if !d.ended {
		return nil
	}
	if n := r.Stray(); n > 0 {
		return []string{strayNote(n)}
	}
	return nil
}

// strayNote tells of bytes behind the last member.
func strayNote(n int64) string {
	if n == 1 {
		return "1 stray byte behind the last gzip member"
	}
	return fmt.Sprintf("%d stray bytes behind the last gzip member", n)
}

func (d *gzipDecoder) reset(r *bufio.Reader) error {
	source := d.source
	d.ended, d.members, d.source = false, false, nil
	if head, _ := r.Peek(bgzipHead); source != nil && isBgzip(head) {
		if d.bgzip == nil {
			d.bgzip = &bgzipped{}
		}
		d.members = true
		d.bgzip.reset(r, source, d.depth)
		return nil
	}
	d.inflate.Reset(r)
	return nil
}

func (d *gzipDecoder) lend(keep int) ([]byte, error) {
	if d.members {
		return nil, nil
	}
	block, err := d.inflate.NextBehind(keep)
	d.ended = err == io.EOF
	return block, err
}

func (d *gzipDecoder) give(spare *inflate.Window) (w *inflate.Window, from, end int, err error) {
	if d.members {
		return nil, 0, 0, nil
	}
	w, from, end, err = d.inflate.Give(spare)
	d.ended = err == io.EOF
	return w, from, end, err
}

func (d *gzipDecoder) Read(p []byte) (n int, err error) {
	if d.members {
		n, err = d.bgzip.Read(p)
	} else {
		n, err = d.inflate.Read(p)
	}
	d.ended = err == io.EOF
	return n, err
}
