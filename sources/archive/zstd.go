package archive

import (
	"bufio"
	"bytes"

	"github.com/klauspost/compress/zstd"
)

// maxWindow is the largest window of a zstd stream that is decoded: what zstd itself accepts without --long.
const maxWindow = 128 << 20

// zstdDecoder reads zstd frames one after another, skippable ones included.
type zstdDecoder struct {
	dec *zstd.Decoder
}

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

func isZstd(head []byte) bool {
	skippable := len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18})
	return bytes.HasPrefix(head, zstdMagic) || skippable
}

func (d *zstdDecoder) notes() []string { return nil }

func (d *zstdDecoder) reset(r *bufio.Reader) (err error) {
	if d.dec == nil {
		d.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return err
		}
	}
	return d.dec.Reset(r)
}

func (d *zstdDecoder) Read(p []byte) (int, error) {
	n, err := d.dec.Read(p)
	return n, namedAs("zstd", err)
}
