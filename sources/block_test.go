package sources

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// holds is a filter that wants events with a text.
type holds string

func (h holds) Index(b []byte) int { return bytes.Index(b, []byte(h)) }

func (h holds) IndexLines(b []byte, ends []int32) (at, noted int) {
	return h.Index(b), NoteLines(b, ends)
}

// told is what a reader says next, as text.
func told(r *Reader) (text string, end bool) {
	e, err := r.Next()
	var malformed *MalformedError
	switch {
	case err == nil:
		return fmt.Sprintf("#%d line %d byte %d: %s", e.Ordinal, e.Line, e.Offset, e.Raw), false
	case errors.As(err, &malformed):
		return fmt.Sprintf("%+v", *malformed), false
	}
	return fmt.Sprintf("%v, line %d, %+v", err, r.w.Line(), r.Stats()), true
}

// inBlocks reads a stream, and cuts blocks off it now and then, which another reader reads.
func inBlocks(t *testing.T, text []byte, seed uint64, o Options) (all []string, blocks int) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 2))
	o.Stdin = bytes.NewReader(text)
	var turnedAway int64
	reader, other := NewReader(o), NewReader(o)
	defer reader.Close()
	if err := reader.Open(Input{Name: "-", Size: -1}); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.NextInput(); err != nil {
		return []string{err.Error()}, 0
	}
	var b Block
	for {
		if seed > 0 && random.IntN(2) == 0 && reader.Cut(&b, 1<<random.IntN(12)) {
			blocks++
			other.OpenBlock(&b)
			for text, end := told(other); !end; text, end = told(other) {
				all = append(all, text)
			}
			turnedAway += other.TurnedAway()
			continue
		}
		text, end := told(reader)
		all = append(all, text)
		if end {
			return append(all, fmt.Sprint(turnedAway+reader.TurnedAway(), " turned away")), blocks
		}
	}
}

// sameInBlocks holds reading in blocks to reading in one piece.
func sameInBlocks(t *testing.T, text []byte, seed uint64, o Options) (blocks int) {
	t.Helper()
	want, _ := inBlocks(t, text, 0, o)
	got, blocks := inBlocks(t, text, seed, o)
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			t.Fatalf("seed %d, %d: got %.300s, want %.300s", seed, i, got[i], want[i])
		}
	}
	if len(want) != len(got) {
		t.Fatalf("seed %d: %d events and mistakes, want %d", seed, len(got), len(want))
	}
	return blocks
}

func TestBlocksAreTheStream(t *testing.T) {
	text := strings.Repeat(`{"a":1}`+"\n\n  {\"b\":2} \r\nno JSON\n{\"c\":"+strings.Repeat(" ", 900)+"3}\n", 400)
	for seed := range uint64(20) {
		for _, tail := range []string{"", `{"d":`, `[{"a":1},` + "\n" + `{"b":2}]` + "\n" + `{"c":3}` + "\n", "\xef\xbb\xbf{\"a\":1}\n{\"b\":1}\n"} {
			if blocks := sameInBlocks(t, []byte(text+tail+text), seed+1, Options{MaxEvent: 600}); blocks < 10 {
				t.Errorf("%d blocks", blocks)
			}
			sameInBlocks(t, []byte(text+tail+text), seed+1, Options{Filter: holds("b")})
			sameInBlocks(t, []byte(text+tail+text), seed+1, Options{Filter: holds("b"), Many: true})
		}
	}
}

// TestOnlyLinesAreCut: what is framed otherwise has no place to cut that shows without reading it.
func TestOnlyLinesAreCut(t *testing.T) {
	for _, text := range []string{"[{\"a\":1},\n{\"a\":2}]\n", "{\"Records\":[\n{\"a\":1},\n{\"a\":2}\n]}\n", "{\n\"a\":1}\n{\n\"a\":2}\n", "a,b\n1,2\n3,4\n"} {
		r := NewReader(Options{Stdin: strings.NewReader(text)})
		if err := r.Open(Input{Name: "-", Size: -1}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.NextInput(); err != nil {
			t.Fatal(err)
		}
		var b Block
		for err := error(nil); err != io.EOF; _, err = r.Next() {
			if r.Cut(&b, 1) {
				t.Errorf("%q: %q is cut off", text, b.text)
			}
		}
	}
}

// FuzzBlocks holds reading in blocks to reading in one piece, of any bytes, cut anywhere.
func FuzzBlocks(f *testing.F) {
	f.Add([]byte("{\"a\":1}\n{\"a\":2}\r\n\n[{\"a\":3}]\n{\"a\":4}\n"), uint64(1))
	f.Add([]byte("{\"a\":1}\n{\"Records\":[{\"a\":2},\n{\"a\":3}]}\n{\"a\":4}"), uint64(2))
	f.Add([]byte("{\"a\":1}\n{\n \"a\":2\n}\nno\n\xef\xbb\xbf{\"a\":4}\n \t{\"b\":[\n"), uint64(3))
	f.Add([]byte("{\"a\":1}\n\x7f\"Records\":[{\"a\":2},\n{\"a\":3}]}\n"), uint64(15))
	f.Add([]byte("{\"a\":1}\n"+strings.Repeat("x", 70)+"\n{\"a\":2}\n[\n]\n{}"), uint64(4))
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		sameInBlocks(t, text, max(1, seed), Options{MaxEvent: 64})
		sameInBlocks(t, text, max(1, seed), Options{MaxEvent: 64, Filter: holds("a")})
	})
}
