package sources

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiscardReadsAsManyBytesAsTheEventsHave(t *testing.T) {
	line := `{"Channel":"Security","CommandLine":"az login"}` + "\n"
	whole := zipped(t, strings.Repeat(line, 20_000))
	cases := []struct {
		name, data string
		decoded    int64
		damaged    bool
	}{
		{"lines", strings.Repeat(line, 20_000), int64(20_000 * len(line)), false},
		{"array", "[" + strings.Repeat(strings.TrimSpace(line)+",", 9_999) + "{}]", int64(10_000*len(line) - len(line) + 4), false},
		{"gzip", whole, int64(20_000 * len(line)), false},
		{"cut gzip", whole[:len(whole)-4], int64(20_000 * len(line)), true},
		{"csv", "EventID,CommandLine\n" + strings.Repeat("4688,az login\n", 30_000), 20 + 14*30_000, false},
		{"UTF-16", "\xff\xfe{\x00}\x00\n\x00", 6, false}, // its mark takes three in UTF-8
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "logs")
			if err := os.WriteFile(path, []byte(c.data), 0o666); err != nil {
				t.Fatal(err)
			}
			r := NewReader(Options{})
			defer r.Close()
			in := Input{Name: path, Size: int64(len(c.data))}
			for range 2 { // with the memory of the time before
				if err := r.Open(in); err != nil {
					t.Fatal(err)
				}
				if _, err := r.NextInput(); err != nil {
					t.Fatal(err)
				}
				err := r.Discard()
				var damage *DamageError
				if errors.As(err, &damage) != c.damaged || err != nil && damage == nil {
					t.Errorf("error %v", err)
				}
				if s := r.Stats(); s.Decoded != c.decoded || s.Stored == 0 {
					t.Errorf("%d bytes decoded of %d, not %d", s.Decoded, s.Stored, c.decoded)
				}
				if _, err := r.NextInput(); err != io.EOF {
					t.Errorf("behind the stream: %v", err)
				}
			}
		})
	}
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
