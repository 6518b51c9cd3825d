package sources

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"retrohunt/sources/window"
)

// generated is a stream of so many bytes: a head, then the same piece over and over, then a tail.
type generated struct {
	piece, tail string
	left        int
	buf         string
}

func (g *generated) Read(p []byte) (int, error) {
	for g.buf == "" {
		switch {
		case g.left > 0:
			g.buf, g.left = g.piece, g.left-len(g.piece)
		case g.tail != "":
			g.buf, g.tail = g.tail, ""
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, g.buf)
	g.buf = g.buf[n:]
	return n, nil
}

// openStream opens an input that is one stream.
func openStream(r *Reader, in Input) error {
	if err := r.Open(in); err != nil {
		return err
	}
	_, err := r.NextInput()
	return err
}

func TestMemoryDoesNotGrowWithTheInput(t *testing.T) {
	const size = 200 << 20
	event := `{"a":"` + strings.Repeat("x", 5000) + `","b":[{"c":1},{"c":2}]}`
	for _, c := range []struct{ name, head, joint, tail string }{
		{"array", "[", ",", "{}]"},
		{"envelope", `{"Records":[`, ",\r\n", "{}]}"},
		{"lines", "", "\n", "{}\n"},
		{"objects", "{\n}", " ", "{}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			piece := strings.Repeat(event+c.joint, 20)
			r := NewReader(Options{Stdin: io.MultiReader(strings.NewReader(c.head), &generated{piece: piece, tail: c.tail, left: size})})
			if err := openStream(r, Input{Name: "-", Size: -1}); err != nil {
				t.Fatal(err)
			}
			events, most := 0, 0
			for {
				_, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				events++
				most = max(most, r.w.Size())
			}
			if got := r.Stats().Decoded; got < size {
				t.Errorf("%d bytes were read, want more than %d", got, size)
			}
			if want := (size + len(piece) - 1) / len(piece) * 20; events < want {
				t.Errorf("%d events, want at least %d", events, want)
			}
			if most > 4*window.BlockSize {
				t.Errorf("the window grew to %d bytes", most)
			}
			if string(r.framing) != c.name {
				t.Errorf("framed as %s", r.framing)
			}
		})
	}
}

// TestLongElementsAreNotHeld reads events beyond the limit: the window may hold the limit once over, no more.
func TestLongElementsAreNotHeld(t *testing.T) {
	const limit = 1 << 20
	for _, head := range []string{"", "["} {
		long := fmt.Sprintf(`{"a":"%s"}`, strings.Repeat("x", 64<<20))
		r := NewReader(Options{MaxEvent: limit, Stdin: strings.NewReader(head + `{"a":1},` + "\n" + long + "\n" + `{"a":2}`)})
		if err := openStream(r, Input{Name: "-", Size: -1}); err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if r.done != nil {
				break
			}
			if r.w.Size() > 4*limit {
				t.Fatalf("the window grew to %d bytes", r.w.Size())
			}
		}
		if got := r.Stats().Decoded; got < 64<<20 {
			t.Errorf("%d bytes were read", got)
		}
	}
}
