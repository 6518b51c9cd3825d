package archive

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"testing"
)

// noise is n bytes that do not compress.
func noise(n int) []byte {
	out := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(out)
	return out
}

func TestSpool(t *testing.T) {
	for _, size := range []int{0, 1, spoolMemory - 1, spoolMemory, spoolMemory + 1, 3*spoolMemory + 7} {
		want := noise(size)
		var s spool
		if err := s.fill(bytes.NewReader(want), 10*spoolMemory); err != nil {
			t.Fatal(size, err)
		}
		got := make([]byte, size)
		if n, err := s.ReadAt(got, 0); n != size || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d come back, %v", size, n, err)
		}
		if size > 10 {
			if n, err := s.ReadAt(got[:10], int64(size)-10); n != 10 || err != nil && err != io.EOF || !bytes.Equal(got[:10], want[size-10:]) {
				t.Errorf("%d bytes: the last ten: %d, %v", size, n, err)
			}
		}
		if n, err := s.ReadAt(make([]byte, 1), int64(size)); n != 0 || err != io.EOF {
			t.Errorf("%d bytes: behind the end: %d, %v", size, n, err)
		}
		s.close()
	}
}

func TestSpoolLimit(t *testing.T) {
	for _, limit := range []int64{1000, spoolMemory, 2 * spoolMemory} {
		var s spool
		if err := s.fill(bytes.NewReader(noise(int(limit))), limit); err != nil {
			t.Errorf("%d bytes of %d: %v", limit, limit, err)
		}
		s.close()
		err := s.fill(bytes.NewReader(noise(int(limit)+1)), limit)
		if _, isSkip := err.(*SkipError); !isSkip {
			t.Errorf("%d bytes of %d: %v", limit+1, limit, err)
		}
		s.close()
	}
	src := zipped(zip.Store, file{"a", string(noise(2000))})
	got := listing(New(Options{SpoolLimit: 1000}), fromBytes(src))
	if want := "skipped: an archive in a stream, larger than 1000 bytes: --spool-limit raises it"; got != want {
		t.Errorf("got %s", got)
	}
	if got := listing(New(Options{SpoolLimit: 1000}), fromFile(src)); got != "a zip 2000 bytes" {
		t.Errorf("a file needs no spool: %s", got)
	}
}

// TestNothingStaysOnDisk looks into the directory for temporary files while an archive is open, and behind.
func TestNothingStaysOnDisk(t *testing.T) {
	dir := t.TempDir()
	for _, variable := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(variable, dir)
	}
	files := func() int {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	o := New(Options{})
	o.Open(fromBytes(zipped(zip.Store, file{"a", string(noise(3 * spoolMemory))})))
	_, r, err := o.Next()
	if err != nil {
		t.Fatal(err)
	}
	if o.levels[0].spooled.file == nil {
		t.Error("there is no file")
	}
	if n, err := io.Copy(io.Discard, r); n != 3*spoolMemory || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if _, err := os.Stat(o.levels[0].spooled.name); o.levels[0].spooled.name == "" && files() != 0 {
		t.Errorf("the file has a name: %v", err)
	}
	o.Close()
	if n := files(); n != 0 {
		t.Errorf("%d files are left", n)
	}
}
