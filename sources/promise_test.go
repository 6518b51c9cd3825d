package sources

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"retrohunt/internal/view"
)

// events is n events of the usual length, each between the others' separators.
func events(n int, head, joint, tail string) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	for i := range n {
		if i > 0 {
			b.WriteString(joint)
		}
		fmt.Fprintf(&b, `{"eventVersion":"1.08","eventID":"%d","text":"%s"}`, i, strings.Repeat(`a \"word\" `, i%90))
	}
	b.WriteString(tail)
	return b.Bytes()
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func zstandard(b []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(b, nil)
}

// some is a filter that wants a few of these events.
type some struct{ text []byte }

func (s *some) Index(b []byte) int { return bytes.Index(b, s.text) }

func (s *some) IndexLines(b []byte, ends []int32) (at, noted int) {
	return s.Index(b), NoteLines(b, ends)
}

func TestReadingEventsAllocatesNothing(t *testing.T) {
	if view.Copies {
		t.Skip("without unsafe, views are copies")
	}
	for _, c := range []struct{ framing, head, joint, tail string }{
		{"lines", "", "\n", "\n"},
		{"array", "[", ",", "]"},
		{"envelope", `{"Records":[`, ",\n", "]}"},
		{"objects", "{\n}", " ", ""},
	} {
		for encoding, encode := range map[string]func([]byte) []byte{"plain": bytes.Clone, "gzip": gzipped, "zstd": zstandard} {
			src := encode(events(20_000, c.head, c.joint, c.tail))
			t.Run(c.framing+" "+encoding, func(t *testing.T) {
				readsWithoutAllocating(t, Options{Stdin: bytes.NewReader(src)}, c.framing, 4000, 10_000)
			})
			t.Run(c.framing+" "+encoding+" with a filter", func(t *testing.T) {
				readsWithoutAllocating(t, Options{Stdin: bytes.NewReader(src), Filter: &some{[]byte(`"eventID":"77`)}}, c.framing, 20, 80)
			})
		}
	}
}

// readsWithoutAllocating reads some events, in which the window and the decoder get their memory, and then others.
func readsWithoutAllocating(t *testing.T, o Options, framing string, before, then int) {
	t.Helper()
	r := NewReader(o)
	if err := openStream(r, Input{Name: "-", Size: -1}); err != nil {
		t.Fatal(err)
	}
	next := func() {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}
	for range before {
		next()
	}
	if n := testing.AllocsPerRun(then, next); n != 0 {
		t.Errorf("%v allocations an event", n)
	}
	if string(r.framing) != framing {
		t.Errorf("framed as %s", r.framing)
	}
	if (r.TurnedAway() > 0) != (o.Filter != nil) {
		t.Errorf("%d events turned away", r.TurnedAway())
	}
}

// TestReopeningAllocatesLittle opens the same small files over and over, as a tree of many does.
func TestReopeningAllocatesLittle(t *testing.T) {
	most := 1.0 // its name, for the system
	if runtime.GOOS == "windows" {
		most = 12 // the file, its descriptor, and what os.Open needs
	}
	dir := t.TempDir()
	small := events(5, `{"Records":[`, ",", "]}")
	for name, content := range map[string][]byte{"plain": small, "gzip": gzipped(small), "zstd": zstandard(small)} {
		t.Run(name, func(t *testing.T) {
			in := Input{Name: filepath.Join(dir, name)}
			if err := os.WriteFile(in.Name, content, 0o666); err != nil {
				t.Fatal(err)
			}
			r := NewReader(Options{})
			read := func() {
				if err := openStream(r, in); err != nil {
					t.Fatal(err)
				}
				for n := 0; ; n++ {
					_, err := r.Next()
					if err == io.EOF && n == 5 {
						break
					}
					if err != nil {
						t.Fatal(n, err)
					}
				}
				r.Close()
			}
			if n := testing.AllocsPerRun(100, read); n > most {
				t.Errorf("%v allocations a file, want no more than %v", n, most)
			}
		})
	}
}
