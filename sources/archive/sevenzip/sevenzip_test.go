package sevenzip

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	library "github.com/bodgit/sevenzip"
)

// read returns a line for each member that is no directory, with its content.
func read(src []byte, options Options) (lines []string, err error) {
	r, err := NewReader(bytes.NewReader(src), int64(len(src)), options)
	if err != nil {
		return nil, err
	}
	for {
		m, err := r.Next()
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
		if m.Dir {
			continue
		}
		content, err := r.Open(m)
		if err != nil {
			return lines, fmt.Errorf("%s: %w", m.Name, err)
		}
		b, err := io.ReadAll(content)
		if err != nil {
			return lines, fmt.Errorf("%s: %w", m.Name, err)
		}
		lines = append(lines, fmt.Sprintf("%s %q", m.Name, b))
	}
}

// twin is read by the library.
func twin(t *testing.T, src []byte) (lines []string) {
	t.Helper()
	r, err := library.NewReaderWithPassword(bytes.NewReader(src), int64(len(src)), "secret")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if f.FileInfo().IsDir() {
			continue
		}
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%s %q", f.Name, b))
		content.Close()
	}
	return lines
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var readable = []string{
	"lzma.7z", "lzma2-solid.7z", "ppmd.7z", "deflate.7z", "bzip2.7z", "copy.7z", "delta.7z", "bcj.7z", "bcj2.7z", "arm64.7z", "plain.7z",
	"encrypted-names.7z", "encrypted-copy.7z", "ppmd-solid-encrypted.7z",
}

// TestAgainstTheLibrary holds names and contents to those that github.com/bodgit/sevenzip finds. It must not be given anything
// that is damaged, which can end the process.
func TestAgainstTheLibrary(t *testing.T) {
	for _, name := range readable {
		t.Run(name, func(t *testing.T) {
			src := testdata(t, name)
			got, err := read(src, Options{Password: "secret"})
			want := twin(t, src)
			if err != nil || len(want) == 0 || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got %v and\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestSkippedMembersOfAFolder(t *testing.T) {
	src := testdata(t, "lzma2-solid.7z")
	skipped := int64(0)
	r, err := NewReader(bytes.NewReader(src), int64(len(src)), Options{Decoded: func(n int64) error { skipped += n; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	var last Member
	var before int64
	for r.Members() > 0 {
		m, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if last, before = m, m.start; m.Name == "logs/c.json" {
			break
		}
	}
	skipped = 0
	content, err := r.Open(last)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(content)
	if err != nil || int64(len(b)) != last.Size || !bytes.HasPrefix(b, []byte(`{"EventID"`)) {
		t.Errorf("%d bytes and %v", len(b), err)
	}
	if skipped < before || before == 0 {
		t.Errorf("%d bytes were told to be decoded, but %d are before the member", skipped, before)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	for _, c := range []struct {
		name, password string
		want           string
	}{
		{"deflate64.7z", "", "logs/a.json: compressed with the method 040109, which is not supported"},
		{"encrypted-names.7z", "", "encrypted, and there is no password"},
		{"encrypted-copy.7z", "", "logs/a.json: encrypted, and there is no password"},
		{"encrypted-copy.7z", "wrong", "logs/a.json: the password is wrong, or the archive is damaged: the checksum is wrong"},
	} {
		if _, err := read(testdata(t, c.name), Options{Password: c.password}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	_, err := read(testdata(t, "encrypted-names.7z"), Options{Password: "wrong"})
	var encrypted *EncryptedError
	if !errors.As(err, &encrypted) {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestBudgetEndsReading(t *testing.T) {
	spent := errors.New("spent")
	_, err := read(testdata(t, "encrypted-copy.7z"), Options{Password: "secret", Decoded: func(int64) error { return spent }})
	if !errors.Is(err, spent) {
		t.Error(err)
	}
}

// TestEveryCut cuts an archive at every place: there is an error, and no panic.
func TestEveryCut(t *testing.T) {
	src := testdata(t, "lzma2-solid.7z")
	for n := range src {
		if _, err := read(src[:n], Options{}); err == nil {
			t.Errorf("no error for the first %d bytes", n)
		}
	}
}
