package inflate

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestDecodesFilesOfOtherEncoders reads what other programs made of one content: gzip 1.12, pigz 2.6 (-p 2 -b 32, and -i
// for independent blocks), zopfli 1.0.3, libdeflate-gzip 1.14, igzip 2.30.0 and bgzip 1.16, with the level in the name.
func TestDecodesFilesOfOtherEncoders(t *testing.T) {
	content := slices.Concat(logs(60_000, 9), contents["short periods"][:8000])
	names, err := filepath.Glob("testdata/*.gz")
	if err != nil || len(names) != 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			stream, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, reader := range sorted(readers) {
				want(t, NewReader(readers[reader](bytes.NewReader(stream))), content)
			}
		})
	}
}
