package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// TestDecodingAheadChangesNothing opens streams, whole and damaged, with and without a goroutine that decodes ahead. Of a damaged
// one only how much was read before the damage showed may differ: as far as decoding had come.
func TestDecodingAheadChangesNothing(t *testing.T) {
	a, b := text(900_000), text(5000)
	members := []file{{"a", string(a)}, {"b", string(b)}}
	plain, other := New(Options{}), New(Options{Ahead: 1})
	rng := rand.New(rand.NewPCG(9, 9))
	streams := map[string][]byte{
		"gzip": join(gzipped(a), gzipped(b)), "small gzip": gzipped(b), "stray": join(gzipped(b), []byte("stray")), "zstd": zstandard(a),
		"gzip in zstd": zstandard(gzipped(a)), "tar.gz": gzipped(tarred(tar.FormatPAX, members...)), "zip": zipped(zip.Deflate, members...),
		"zip in gzip": gzipped(zipped(zip.Deflate, members...)), "plain": a, "bzip2": testdata(t, "two.bz2"), "xz": xzipped(b),
	}
	for _, name := range slices.Sorted(maps.Keys(streams)) { // the random numbers are the same in each run
		src := streams[name]
		for round := range 12 {
			damaged := bytes.Clone(src)
			if round > 0 {
				damaged = flipped(src, rng.IntN(len(src)))
			}
			if round > 8 {
				damaged = src[:rng.IntN(len(src))]
			}
			want, got := listing(plain, fromBytes(damaged)), listing(other, fromBytes(damaged))
			if whole := !strings.Contains(want, "damaged"); got != want || whole && plain.Stored() != other.Stored() {
				t.Fatalf("%s, round %d: %d bytes, got\n%s\nwant of %d\n%s", name, round, other.Stored(), got, plain.Stored(), want)
			}
		}
	}
}

// TestLentAndReadAheadBytesAreOneStream reads a stream by turns in both ways.
func TestLentAndReadAheadBytesAreOneStream(t *testing.T) {
	all := text(2 << 20)
	src := gzipped(all)
	for _, ahead := range []int{0, 1} {
		o := New(Options{Ahead: ahead})
		for seed := range uint64(10) {
			rng := rand.New(rand.NewPCG(10, seed))
			o.Open(fromBytes(src))
			_, r, err := o.Next()
			if err != nil {
				t.Fatal(err)
			}
			at := 0
			for err == nil {
				keep := rng.IntN(min(at, 60<<10) + 1)
				var block []byte
				if rng.IntN(3) > 0 {
					block, err = o.Lend(keep)
				}
				if block != nil {
					if !bytes.HasPrefix(all[at-keep:], block) {
						t.Fatalf("seed %d: other bytes at %d behind %d", seed, at, keep)
					}
					at += len(block) - keep
					continue
				}
				if err != nil {
					break
				}
				var n int
				p := make([]byte, 1+rng.IntN(300<<10))
				n, err = r.Read(p)
				if !bytes.HasPrefix(all[at:], p[:n]) {
					t.Fatalf("seed %d: other bytes at %d", seed, at)
				}
				at += n
			}
			if err != io.EOF || at != len(all) {
				t.Fatalf("seed %d: %d bytes, want %d; %v", seed, at, len(all), err)
			}
		}
		o.Close()
	}
}

// TestClosingEndsDecodingAhead leaves streams at all places, and looks for goroutines that are left.
func TestClosingEndsDecodingAhead(t *testing.T) {
	src := gzipped(text(5 << 20))
	before := runtime.NumGoroutine()
	o := New(Options{Ahead: 1, MaxDecoded: 3 << 20})
	for n := range 30 {
		o.Open(fromBytes(src))
		_, r, err := o.Next()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.CopyN(io.Discard, r, int64(n)<<17)
		if n%2 == 0 {
			o.Close()
		}
	}
	o.Open(Source{Reader: io.MultiReader(bytes.NewReader(src[:50_000]), iotest.ErrReader(io.ErrClosedPipe)), Size: -1})
	_, r, err := o.Next()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, r); err != io.ErrClosedPipe {
		t.Fatal(err)
	}
	o.Close()
	for range 10_000 { // one that has told its end is about to be gone
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
