package disk

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// write makes a file below dir, and the directories that lead to it, and returns its path.
func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOneReaderReadsFilesOfManyDirectories(t *testing.T) {
	t.Chdir(t.TempDir())
	var r Reader
	defer r.Close()
	for _, name := range []string{"a/1", "a/2", "a/3", "b/1", "a/1", "a/b/1", "a/b/2", "1", "2", "3", "a/b/1", "a/b/1"} {
		path := write(t, ".", name, "this is "+name)
		if err := r.Open(path, 0); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(&r); err != nil || string(got) != "this is "+name {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestAFileIsReadToItsEndWhateverIsExpected(t *testing.T) {
	text := strings.Repeat("0123456789", 30)
	path := write(t, t.TempDir(), "a", text)
	for _, size := range []int64{0, 1, 99, 100, 101, 299, 300, 301, 1000} {
		for _, piece := range []int{1, 100, 150, 299, 300, 301, 1000} {
			var r Reader
			if err := r.Open(path, size); err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if _, err := io.CopyBuffer(&got, struct{ io.Reader }{&r}, make([]byte, piece)); err != nil || got.String() != text {
				t.Errorf("%d bytes expected, read by %d: %d bytes, %v", size, piece, got.Len(), err)
			}
			if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("behind the end: %d, %v", n, err)
			}
			r.Close()
		}
	}
}

func TestTheEndIsToldWithTheLastOfTheExpectedBytes(t *testing.T) {
	path := write(t, t.TempDir(), "a", "12345")
	var r Reader
	if err := r.Open(path, 5); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := r.Read(make([]byte, 100)); n != 5 || err != io.EOF {
		t.Errorf("%d, %v", n, err)
	}
}

func TestAFileThatGrowsIsReadOn(t *testing.T) {
	path := write(t, t.TempDir(), "a", "12345")
	var r Reader
	if err := r.Open(path, 3); err != nil { // it has grown since it was found
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(&r); err != nil || string(got) != "12345" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestReadAt(t *testing.T) {
	path := write(t, t.TempDir(), "a", "0123456789")
	var r Reader
	if err := r.Open(path, 10); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, c := range []struct {
		offset int64
		n      int
		want   string
		err    error
	}{{0, 4, "0123", nil}, {6, 4, "6789", nil}, {6, 5, "6789", io.EOF}, {10, 1, "", io.EOF}, {99, 1, "", io.EOF}, {3, 0, "", nil}} {
		p := make([]byte, c.n)
		if n, err := r.ReadAt(p, c.offset); string(p[:n]) != c.want || err != c.err {
			t.Errorf("%d bytes at %d: %q, %v", c.n, c.offset, p[:n], err)
		}
	}
	if got, err := io.ReadAll(&r); err != nil || string(got) != "0123456789" {
		t.Errorf("read on: %q, %v", got, err)
	}
}

func TestWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	var r Reader
	for range 3 { // the second and third are looked for in their directory
		if err := r.Open(filepath.Join(dir, "gone"), 0); !os.IsNotExist(err) {
			t.Errorf("%v", err)
		}
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("read where nothing is open: %d, %v", n, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// TestADirectoryThatCannotBeListed holds files that can be opened all the same.
func TestADirectoryThatCannotBeListed(t *testing.T) {
	dir := t.TempDir()
	a, b := write(t, dir, "d/a", "a"), write(t, dir, "d/b", "b")
	if err := os.Chmod(filepath.Join(dir, "d"), 0o300); err != nil {
		t.Skip(err)
	}
	defer os.Chmod(filepath.Join(dir, "d"), 0o700)
	var r Reader
	defer r.Close()
	for _, path := range []string{a, b, a} {
		if err := r.Open(path, 1); err != nil {
			t.Error(err)
		}
	}
}

func TestDirectory(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b", "12345")
	write(t, dir, "a/x", "")
	links := map[string]string{"c": "b", "d": "a", "e": "nowhere"}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("this system makes no links:", err)
		}
	}
	d, err := OpenDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	entries, err := d.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		info, err := d.Stat(e.Name())
		line := fmt.Sprint(e.Name(), " ", info.Type)
		if info.Type.IsRegular() {
			line += fmt.Sprint(" ", info.Size)
		}
		if err != nil {
			line = fmt.Sprint(e.Name(), " ", os.IsNotExist(err))
		}
		got = append(got, line)
	}
	want := fmt.Sprintf("a %v|b %v 5|c %v 5|d %v|e true", fs.ModeDir, fs.FileMode(0), fs.FileMode(0), fs.ModeDir)
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

func TestFilesOfADirectoryAllocateTheirNamesAlone(t *testing.T) {
	if !relative {
		t.Skip("package os makes a file for each on", runtime.GOOS)
	}
	dir := t.TempDir()
	paths := []string{write(t, dir, "a", "12345"), write(t, dir, "b", "12345")}
	var r Reader
	p := make([]byte, 100)
	n := testing.AllocsPerRun(100, func() {
		for _, path := range paths {
			if err := r.Open(path, 5); err != nil {
				t.Fatal(err)
			}
			if _, err := r.Read(p); err != io.EOF {
				t.Fatal(err)
			}
			r.Close()
		}
	})
	if n > 2 {
		t.Errorf("%v allocations for two files", n)
	}
}
