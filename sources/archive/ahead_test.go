package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
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

// TestLentAndReadBytesAreOneStream reads streams by turns in both ways. Half of them keep what reading by lines does.
func TestLentAndReadBytesAreOneStream(t *testing.T) {
	all := text(2 << 20)
	for kind, src := range map[string][]byte{"gzip": gzipped(all), "zstd": zstandard(all), "zstd frames": join(zstandard(all[:1<<20]), skippable("x"), zstandard(all[1<<20:]))} {
		for _, ahead := range []int{0, 1} {
			o := New(Options{Ahead: ahead})
			lent := 0
			for seed := range uint64(20) {
				lent += readByTurns(t, o, fmt.Sprintf("%s, ahead %d, seed %d", kind, ahead, seed), src, all, rand.New(rand.NewPCG(10, seed)))
			}
			if lent < 8<<20 {
				t.Errorf("%s, ahead %d: only %d bytes were lent", kind, ahead, lent)
			}
			o.Close()
		}
	}
}

// readByTurns reads a stream that holds all by turns in both ways, and returns how many bytes were lent.
func readByTurns(t *testing.T, o *Opener, name string, src, all []byte, rng *rand.Rand) (lent int) {
	t.Helper()
	o.Open(fromBytes(src))
	_, r, err := o.Next()
	if err != nil {
		t.Fatal(name, err)
	}
	reads, byLines := 1+rng.IntN(20), rng.IntN(2) == 0
	at := 0
	for err == nil {
		keep := rng.IntN(min(at, 60<<10) + 1)
		if byLines {
			keep = at - 1 - bytes.LastIndexByte(all[:at], '\n')
		}
		var block []byte
		if rng.IntN(reads) > 0 || at == 0 {
			block, err = o.Lend(keep)
		}
		if block != nil {
			if !bytes.HasPrefix(all[at-keep:], block) {
				t.Fatalf("%s: other bytes at %d behind %d", name, at, keep)
			}
			at += len(block) - keep
			lent += len(block) - keep
			continue
		}
		if err != nil {
			break
		}
		var n int
		p := make([]byte, 1+rng.IntN(300<<10))
		n, err = r.Read(p)
		if !bytes.HasPrefix(all[at:], p[:n]) {
			t.Fatalf("%s: other bytes at %d", name, at)
		}
		at += n
	}
	if err != io.EOF || at != len(all) {
		t.Fatalf("%s: %d bytes, want %d; %v", name, at, len(all), err)
	}
	return lent
}

// TestDamageShowsTheSameWhenBytesAreLent reads damaged streams in both ways: they give the same bytes, and the same error.
func TestDamageShowsTheSameWhenBytesAreLent(t *testing.T) {
	all := text(900_000)
	src := zstandard(all)
	checksum := flipped(src, len(src)-1)
	reading, lending, ahead := New(Options{}), New(Options{}), New(Options{Ahead: 1})
	rng := rand.New(rand.NewPCG(11, 11))
	for round := range 60 {
		damaged := checksum
		switch {
		case round > 30:
			damaged = src[:1000+rng.IntN(len(src)-1000)]
		case round > 0:
			damaged = flipped(src, 1000+rng.IntN(len(src)-1000))
		}
		want, wantErr := readAll(reading, damaged, false)
		if round == 0 && len(want) != len(all) {
			t.Errorf("%d bytes of %d before a wrong checksum", len(want), len(all))
		}
		for name, got := range map[string]*Opener{"lent": lending, "ahead": ahead} {
			b, err := readAll(got, damaged, true)
			if !bytes.Equal(b, want) || err == nil || err.Error() != wantErr.Error() {
				t.Fatalf("round %d, %s: %d bytes, %v; want %d, %v", round, name, len(b), err, len(want), wantErr)
			}
		}
	}
}

// readAll reads a stream to its end, by what is lent where lend says so, keeping a line.
func readAll(o *Opener, src []byte, lend bool) (all []byte, err error) {
	o.Open(fromBytes(src))
	defer o.Close()
	_, r, err := o.Next()
	p := make([]byte, 100<<10)
	for err == nil {
		keep := len(all) - 1 - bytes.LastIndexByte(all, '\n')
		if lend {
			var block []byte
			if block, err = o.Lend(keep); block != nil {
				all = append(all, block[keep:]...)
				continue
			}
		}
		if err == nil {
			var n int
			n, err = r.Read(p)
			all = append(all, p[:n]...)
		}
	}
	return all, err
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

// TestClosingEndsLending leaves streams of which blocks are lent, and looks for coroutines that are left.
func TestClosingEndsLending(t *testing.T) {
	src := zstandard(text(2 << 20))
	before := runtime.NumGoroutine()
	o := New(Options{})
	for n := range 20 {
		o.Open(fromBytes(src))
		_, r, err := o.Next()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, r, 10*64<<10); err != nil {
			t.Fatal(err)
		}
		for range n % 5 {
			if _, err := o.Lend(0); err != nil {
				t.Fatal(err)
			}
		}
		if now := runtime.NumGoroutine(); now != before+min(1, n%5) {
			t.Fatalf("round %d: %d goroutines, %d before", n, now, before)
		}
	}
	o.Close()
	if n := runtime.NumGoroutine(); n > before {
		t.Fatalf("%d goroutines, %d before", n, before)
	}
}
