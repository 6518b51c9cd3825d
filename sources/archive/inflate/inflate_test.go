package inflate

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/iotest"
)

func TestDecodesWhatEveryEncoderWrites(t *testing.T) {
	r := NewReader(nil)
	for _, encoder := range sorted(encoders) {
		for _, name := range sorted(contents) {
			t.Run(encoder+"/"+name, func(t *testing.T) {
				r.Reset(bytes.NewReader(encoders[encoder](contents[name])))
				want(t, r, contents[name])
			})
		}
	}
}

func TestDecodesRawStreams(t *testing.T) {
	for _, name := range sorted(contents) {
		t.Run(name, func(t *testing.T) {
			want(t, NewDeflateReader(bytes.NewReader(deflated(contents[name]))), contents[name])
		})
	}
}

// readers are ways in which a stream may come.
var readers = map[string]func(io.Reader) io.Reader{
	"whole":              func(r io.Reader) io.Reader { return r },
	"byte by byte":       iotest.OneByteReader,
	"in halves":          iotest.HalfReader,
	"with the end at it": iotest.DataErrReader,
}

func TestDecodesHoweverTheStreamComes(t *testing.T) {
	var stream, content []byte
	for _, name := range []string{"short logs", "nothing", "noise", "short periods", "nothing", "rare bytes", "logs"} {
		stream = append(stream, zipped(contents[name])...)
		content = append(content, contents[name]...)
	}
	for _, name := range sorted(readers) {
		t.Run(name, func(t *testing.T) {
			want(t, NewReader(readers[name](bytes.NewReader(stream))), content)
		})
	}
}

func TestReadsAsNextDoes(t *testing.T) {
	content := contents["long"]
	stream := zipped(content)
	if err := iotest.TestReader(NewReader(bytes.NewReader(stream)), content); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(iotest.OneByteReader(NewReader(bytes.NewReader(stream))))
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes, want %d; %v", len(got), len(content), err)
	}
}

func TestKeepsWhatWasReturnedBefore(t *testing.T) {
	content := append(bytes.Clone(contents["long"]), contents["short periods"]...)
	stream := append(zipped(contents["long"]), zipped(contents["short periods"])...)
	broken := append(bytes.Clone(stream[:len(stream)-8]), make([]byte, 8)...)
	r := NewReader(nil)
	spare := new(Window)
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(8, seed))
		r.Reset(bytes.NewReader([][]byte{stream, broken}[seed%2]))
		at := 0
		var given []byte // is the caller's until the caller gives its window back
		givenAt := 0
		for {
			if !bytes.HasPrefix(content[givenAt:], given) {
				t.Fatalf("seed %d: what was given at %d is something else now", seed, givenAt)
			}
			if rng.IntN(3) == 0 {
				n, _ := r.Read(make([]byte, rng.IntN(5000)))
				at += n
				continue
			}
			if rng.IntN(3) == 0 {
				w, from, end, err := r.Give(spare)
				before := min(at, MaxKeep)
				if from < before || (from == end) != (err != nil) || !bytes.HasPrefix(content[at-before:], w[from-before:end]) {
					t.Fatalf("seed %d: [%d:%d] at %d, %v", seed, from, end, at, err)
				}
				spare, given, givenAt = w, w[from-before:end], at-before
				if at += end - from; err != nil {
					break
				}
				continue
			}
			keep := rng.IntN(min(at, MaxKeep) + 1)
			p, err := r.NextBehind(keep)
			if len(p) < keep || !bytes.HasPrefix(content[at-keep:], p) || (len(p) == keep) != (err != nil) {
				t.Fatalf("seed %d: %d bytes at %d behind %d, %v", seed, len(p), at, keep, err)
			}
			at += len(p) - keep
			if err != nil {
				break
			}
		}
		if at != len(content) {
			t.Fatalf("seed %d: %d bytes, want %d", seed, at, len(content))
		}
	}
}

// TestMatchesReachBackFromEveryPlaceOfTheWindow moves the same stream along the window, byte by byte, over its end.
func TestMatchesReachBackFromEveryPlaceOfTheWindow(t *testing.T) {
	r := NewReader(nil)
	tail := append(bytes.Clone(contents["short periods"][:3000]), logs(1000, 7)...)
	tailStream := deflated(tail)
	for lead := lastStart - 600; lead < windowSize+32; lead++ {
		stream := append(storedPart(lead), tailStream...)
		r.Reset(bytes.NewReader(gzipOf(stream, append(make([]byte, lead), tail...))))
		want(t, r, append(make([]byte, lead), tail...))
	}
}

// TestMatchesOfEveryLengthAndDistance holds the copies by pieces to copies byte by byte.
func TestMatchesOfEveryLengthAndDistance(t *testing.T) {
	r := NewDeflateReader(nil)
	for distance := 1; distance <= 70; distance++ {
		for length := 3; length <= 258; length++ {
			w := &bitWriter{}
			content := noise(distance, 256)
			w.fixedBlock(true)
			for _, c := range content {
				w.fixedLiteral(c)
			}
			for range 3 { // so that the fast loop has input enough for the first
				w.fixedMatch(length, distance)
				for range length {
					content = append(content, content[len(content)-distance])
				}
				for range 20 {
					w.fixedLiteral('~')
					content = append(content, '~')
				}
			}
			w.fixedEnd()
			r.Reset(bytes.NewReader(w.bytes()))
			want(t, r, content)
		}
	}
}

func TestNextReturnsWhatIsDecodedBeforeItWaits(t *testing.T) {
	pipe, writer := io.Pipe()
	defer pipe.Close()
	stream := flushed(contents["short logs"][:1000], 6)
	cut := bytes.LastIndex(stream, []byte{0, 0, 0xff, 0xff}) + 4
	go func() { _, _ = writer.Write(stream[:cut]) }()
	var got []byte
	r := NewReader(pipe)
	for len(got) < 1000 { // would wait for ever if Next did
		p, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p...)
	}
	if !bytes.Equal(got, contents["short logs"][:1000]) {
		t.Fatalf("%q", got)
	}
}

// TestNothingIsWrittenBehindTheRoom has the fast loop reach the end of the window at many places.
func TestNothingIsWrittenBehindTheRoom(t *testing.T) {
	r := NewReader(nil)
	room := lastStart + 8 + 258 + 64
	for i := range r.out[room:] {
		r.out[room+i] = 0xa5
	}
	for i := range r.in[inputSize:] {
		r.in[inputSize+i] = 0xa5
	}
	for seed := range uint64(10) {
		content := append(logs(windowSize, seed), bytes.Repeat([]byte("abcdefghijklmnopqrstuvwxyz0123456789"), 3*windowSize/36)...)
		r.Reset(bytes.NewReader(zipped(content)))
		want(t, r, content)
	}
	if tail := slices.Concat(r.out[room:], r.in[inputSize:]); len(bytes.Trim(tail, "\xa5")) > 0 {
		t.Fatalf("%x", tail)
	}
}

func TestResetAfterHalfAStream(t *testing.T) {
	r := NewReader(bytes.NewReader(zipped(contents["long"])))
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	r.Reset(bytes.NewReader(zipped(contents["logs"])))
	want(t, r, contents["logs"])
}

func TestAnEmptyReadIsNoEnd(t *testing.T) {
	r := NewReader(bytes.NewReader(zipped([]byte("x"))))
	if n, err := r.Read(nil); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	want(t, r, []byte("x"))
}
