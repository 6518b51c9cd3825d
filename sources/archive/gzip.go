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
}

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
	if n := d.inflate.Stray(); d.ended && n > 0 {
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
	d.inflate.Reset(r)
	d.ended = false
	return nil
}

func (d *gzipDecoder) lend(keep int) ([]byte, error) {
	block, err := d.inflate.NextBehind(keep)
	d.ended = err == io.EOF
	return block, err
}

func (d *gzipDecoder) Read(p []byte) (int, error) {
	n, err := d.inflate.Read(p)
	d.ended = err == io.EOF
	return n, err
}
