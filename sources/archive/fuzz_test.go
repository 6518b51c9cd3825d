package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// mostDecoded is where the fuzzers stop reading: a few bytes may decode to a lot.
const mostDecoded = 1 << 20

// FuzzGzip holds the decoder to the standard library's: where that one reads a stream without an error, ours gives the same
// bytes, and with or without an error it never gives others.
func FuzzGzip(f *testing.F) {
	for _, src := range [][]byte{gzipped(text(300)), append(gzipped(nil), gzipped(text(50))...), []byte(bgzip), append(gzipped(text(9)), '\n')} {
		f.Add(src)
	}
	o := New(Options{})
	f.Fuzz(func(t *testing.T, src []byte) {
		if hasReservedFlags(src) {
			t.Skip("flags that must not be set, which the standard library lets pass")
		}
		var want []byte
		r, wantErr := gzip.NewReader(bytes.NewReader(src))
		if wantErr == nil {
			want, wantErr = io.ReadAll(io.LimitReader(r, mostDecoded))
		}
		holds(t, o, src, "gzip", want, wantErr)
	})
}

// hasReservedFlags reports whether something in src looks like the head of a member with flags that must be zero.
func hasReservedFlags(src []byte) bool {
	for i := 0; i+3 < len(src); i++ {
		if src[i] == 0x1f && src[i+1] == 0x8b && src[i+2] == 8 && src[i+3]>>5 != 0 {
			return true
		}
	}
	return false
}

// FuzzZstd holds the stream decoder to the library's decoder of whole blocks of bytes, and what it lends to what is read.
func FuzzZstd(f *testing.F) {
	for _, src := range [][]byte{zstandard(text(300)), append(zstandard(nil), zstandard(text(50))...), append(skippable("x"), zstandard(text(9))...), zstandard(bytes.Repeat(text(999), 800))} {
		f.Add(src)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostDecoded))
	if err != nil {
		f.Fatal(err)
	}
	o, bounded := New(Options{}), New(Options{MaxDecoded: 2 * mostDecoded})
	f.Fuzz(func(t *testing.T, src []byte) {
		want, wantErr := dec.DecodeAll(src, nil)
		holds(t, o, src, "zstd", want, wantErr)
		read, readErr := readAll(bounded, src, false)
		lent, lentErr := readAll(bounded, src, true)
		n := min(len(read), len(lent))
		var spent *BudgetError // which comes where the budget is looked at
		if !bytes.Equal(read[:n], lent[:n]) || fmt.Sprint(readErr) != fmt.Sprint(lentErr) || len(read) != len(lent) && !errors.As(readErr, &spent) {
			t.Errorf("%d bytes and %v; lent %d bytes and %v", len(read), readErr, len(lent), lentErr)
		}
	})
}

// FuzzBzip2 holds what is left of bzip2 after detection to the library: it must not hang, panic or grow.
func FuzzBzip2(f *testing.F) { fuzzKind(f, "bzip2", testdata(f, "two.bz2")) }

func FuzzXz(f *testing.F) {
	fuzzKind(f, "xz", xzipped(text(300)), testdata(f, "v7.tar.xz"), xzOf(text(3000), 1000, xz.CRC32), withDictionary(xzOf(text(3000), 1000, 0), 40))
}

func FuzzTar(f *testing.F) {
	fuzzKind(f, "tar", tarred(tar.FormatPAX, file{"é", "{}"}, file{"l", "-> x"}), tarred(tar.FormatGNU, file{strings.Repeat("x", 150), "[]"}))
}

func FuzzZip(f *testing.F) {
	fuzzKind(f, "zip", zipped(zip.Deflate, file{"a", "{}"}, file{"b", "[]"}), zipped(zip.Store, file{"a", "{}"}), testdata(f, "zip64.zip"),
		testdata(f, "zipcrypto-stream.zip"), testdata(f, "aes128-stored.zip"), testdata(f, "streamed.zip"))
}

func FuzzSevenZip(f *testing.F) {
	fuzzKind(f, "7z", testdata(f, "events.7z"), testdata(f, "encrypted.7z"), testdata(f, "headers.7z"))
}

func FuzzRar(f *testing.F) { fuzzKind(f, "rar", rarred(file{"a", "{}"}, file{"b", "[]"})) }

// mostAllocated is what reading may allocate, all in all, whatever an input says: the memory that the budget of mostDecoded lets coders
// of 7z have, windows of zstd and rar, and what readers take by themselves.
const mostAllocated = 512 << 20

// fuzzKind opens what looks like an archive or a compression of a kind. Whatever it is, reading it ends, within the budget and
// without more memory than that is worth, in the same way as a file and as a stream, and twice in a row.
func fuzzKind(f *testing.F, kind string, seeds ...[]byte) {
	for _, src := range seeds {
		f.Add(src)
	}
	limits := Options{Password: "secret", MaxDecoded: mostDecoded, MaxMembers: 100, SpoolLimit: mostDecoded}
	o := New(limits)
	f.Fuzz(func(t *testing.T, src []byte) {
		if k, a := kindOf(compressions, src), kindOf(archives, src); (k == nil || k.name != kind) && (a == nil || a.name != kind) {
			t.Skip("of another kind")
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := listing(o, fromFile(src))
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > mostAllocated {
			t.Errorf("%d bytes were allocated", after.TotalAlloc-before.TotalAlloc)
		}
		if strings.HasSuffix(got, "no end") {
			t.Error("no end")
		}
		if again := listing(New(limits), fromFile(src)); again != got {
			t.Errorf("got\n%s\nand then\n%s", got, again)
		}
		if streamed := listing(o, fromBytes(src)); streamed != got {
			t.Errorf("as a file\n%s\nas a stream\n%s", got, streamed)
		}
		if cut, _ := cutListing(limits, src, rand.New(rand.NewPCG(1, uint64(len(src))))); kind == "zip" && cut != got {
			t.Errorf("by one\n%s\nby several\n%s", got, cut)
		}
	})
}

// holds opens src with a decoder that was used before, whole and byte by byte, and compares with what a twin made of it.
func holds(t *testing.T, o *Opener, src []byte, kind string, want []byte, wantErr error) {
	read := func(r io.Reader) ([]byte, error) {
		o.Open(Source{Reader: r, Size: -1})
		_, stream, err := o.Next()
		if err != nil {
			return nil, err
		}
		if o.Kind() != kind {
			t.Skip("of another kind")
		}
		return io.ReadAll(io.LimitReader(stream, mostDecoded))
	}
	got, err := read(bytes.NewReader(src))
	again, againErr := read(iotest.OneByteReader(bytes.NewReader(src)))
	if !bytes.Equal(got, again) || (err == nil) != (againErr == nil) {
		t.Errorf("%d bytes and %v; byte by byte %d bytes and %v", len(got), err, len(again), againErr)
	}
	if wantErr == nil && (err != nil || !bytes.Equal(got, want)) {
		t.Errorf("%d bytes and %v, want %d and no error", len(got), err, len(want))
	}
	if n := min(len(got), len(want)); !bytes.Equal(got[:n], want[:n]) {
		t.Errorf("other bytes than the twin's:\n%q\n%q", got, want)
	}
}
