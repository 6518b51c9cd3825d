package inflate

import (
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// BenchmarkDecode sets this package beside the library, over a large file and over a small one.
func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"long", "short logs"} {
		stream := zipped(contents[name])
		src := bytes.NewReader(nil)
		b.Run(name+"/inflate", func(b *testing.B) {
			b.SetBytes(int64(len(contents[name])))
			r := NewReader(nil)
			for b.Loop() {
				src.Reset(stream)
				r.Reset(src)
				for {
					if _, err := r.Next(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run(name+"/klauspost", func(b *testing.B) {
			b.SetBytes(int64(len(contents[name])))
			r := new(gzip.Reader)
			for b.Loop() {
				src.Reset(stream)
				if err := r.Reset(src); err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
