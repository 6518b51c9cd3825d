package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// text is n bytes that look like a log: they compress, but not to nothing.
func text(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var b bytes.Buffer
	for b.Len() < n {
		fmt.Fprintf(&b, `{"eventID":"%016x","n":%d}`+"\n", r.Uint64(), b.Len())
	}
	return b.Bytes()[:n]
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// gzippedInBlocks is gzip whose compressor was flushed every n bytes.
func gzippedInBlocks(b []byte, n int) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	for len(b) > 0 {
		k := min(n, len(b))
		w.Write(b[:k])
		w.Flush()
		b = b[k:]
	}
	w.Close()
	return out.Bytes()
}

func zstandard(b []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(b, nil)
}

// skippable is a zstd frame that holds no content.
func skippable(content string) []byte {
	return append([]byte{0x5a, 0x2a, 0x4d, 0x18, byte(len(content)), 0, 0, 0}, content...)
}

// bgzip is a gzip member as bgzip writes it, with the length of the member in an extra field, for an empty content: the
// mark at the end of such a file.
const bgzip = "\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff\x06\x00BC\x02\x00\x1b\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// nested is gzip in gzip, so often.
func nested(b []byte, times int) []byte {
	for range times {
		b = gzipped(b)
	}
	return b
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// opened is what came of a stream.
type opened struct {
	data  []byte
	kind  string
	notes string
	err   error
}

func open(o *Opener, src []byte) opened {
	o.Open(Source{Reader: bytes.NewReader(src), Size: -1})
	_, r, err := o.Next()
	if err != nil {
		return opened{err: err}
	}
	data, err := io.ReadAll(r)
	var notes []string
	for _, n := range o.Notes() {
		notes = append(notes, n.Name+n.Text)
	}
	return opened{data, o.Kind(), strings.Join(notes, "; "), err}
}

func TestStreams(t *testing.T) {
	a, b := text(70_000), text(300)
	both := join(a, b)
	behindA := fmt.Sprintf(", at byte %d of the compressed stream", len(gzipped(a)))
	o := New(Options{}) // one for all: what it keeps from one stream must not show in the next
	for _, c := range []struct {
		name  string
		src   []byte
		data  []byte
		kind  string
		notes string
		err   string
	}{
		{name: "plain", src: a, data: a},
		{name: "empty"},
		{name: "a byte", src: []byte{0x1f}, data: []byte{0x1f}},
		{name: "gzip", src: gzipped(a), data: a, kind: "gzip"},
		{name: "gzip of nothing", src: gzipped(nil), kind: "gzip"},
		{name: "gzip members", src: join(gzipped(a), gzipped(nil), gzipped(b)), data: both, kind: "gzip"},
		{name: "gzip with bgzip's end mark", src: join(gzipped(a), []byte(bgzip)), data: a, kind: "gzip"},
		{name: "bgzip's end mark between", src: join([]byte(bgzip), gzipped(b)), data: b, kind: "gzip"},
		{name: "a stray byte behind gzip", src: join(gzipped(a), []byte("\n")), data: a, kind: "gzip", notes: "1 stray byte behind the last gzip member"},
		{name: "stray bytes behind gzip members", src: join(gzipped(a), gzipped(b), []byte("EOF\n")), data: both, kind: "gzip", notes: "4 stray bytes behind the last gzip member"},
		{name: "zeros behind gzip", src: join(gzipped(a), make([]byte, 100_000)), data: a, kind: "gzip", notes: "100000 stray bytes behind the last gzip member"},
		{name: "a lot behind gzip", src: join(gzipped(a), bytes.Repeat([]byte("x"), 513)), data: a, kind: "gzip", err: "gzip: 513 bytes behind the last member are not gzip" + behindA},
		{name: "a damaged second head", src: join(gzipped(a), []byte("\x1f\x8b\x07rest of it")), data: a, kind: "gzip", err: "gzip: a member's header is damaged" + behindA},
		{name: "a second head that is cut off", src: join(gzipped(a), []byte("\x1f\x8b\x08")), data: a, kind: "gzip", err: "gzip: the stream is cut off: unexpected EOF" + behindA},
		{name: "a damaged head", src: []byte("\x1f\x8b\x07rest of it"), kind: "gzip", err: "gzip: a member's header is damaged, at byte 0 of the compressed stream"},
		{name: "zstd", src: zstandard(a), data: a, kind: "zstd"},
		{name: "zstd frames", src: join(zstandard(a), zstandard(b)), data: both, kind: "zstd"},
		{name: "skippable zstd frames", src: join(skippable("one"), zstandard(a), skippable(""), zstandard(b), skippable("two")), data: both, kind: "zstd"},
		{name: "only skippable zstd frames", src: skippable("one"), kind: "zstd"},
		{name: "something behind zstd", src: join(zstandard(a), []byte("something")), data: a, kind: "zstd", err: "zstd: invalid input: magic number mismatch"},
		{name: "gzip in zstd", src: zstandard(gzipped(a)), data: a, kind: "zstd+gzip"},
		{name: "zstd in gzip in gzip", src: gzipped(gzipped(zstandard(a))), data: a, kind: "gzip+gzip+zstd"},
		{name: "eight times", src: nested(b, 8), data: b, kind: strings.Repeat("+gzip", 8)[1:]},
		{name: "nine times", src: nested(b, 9), err: ErrTooDeep.Error()},
		{name: "gzip again", src: gzipped(a), data: a, kind: "gzip"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := open(o, c.src)
			if !bytes.Equal(got.data, c.data) {
				t.Errorf("%d bytes, want %d", len(got.data), len(c.data))
			}
			if got.kind != c.kind {
				t.Errorf("kind %q, want %q", got.kind, c.kind)
			}
			if got.notes != c.notes {
				t.Errorf("notes %q, want %q", got.notes, c.notes)
			}
			if message := errorText(got.err); message != c.err {
				t.Errorf("error %q, want %q", message, c.err)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestCutGzip cuts a stream at every byte: what the standard library makes of it is given, and the cut is named.
func TestCutGzip(t *testing.T) {
	all := text(5000)
	src := gzippedInBlocks(all, 600)
	o := New(Options{})
	for n := 2; n < len(src); n++ {
		got := open(o, src[:n])
		if !errors.Is(got.err, io.ErrUnexpectedEOF) || !strings.HasPrefix(got.err.Error(), "gzip: the stream is cut off") {
			t.Fatalf("cut at %d: error %v", n, got.err)
		}
		var want []byte
		if r, err := gzip.NewReader(bytes.NewReader(src[:n])); err == nil {
			want, _ = io.ReadAll(r)
		}
		if !bytes.HasPrefix(all, got.data) || len(got.data) < len(want) {
			t.Fatalf("cut at %d: %d bytes, want %d", n, len(got.data), len(want))
		}
	}
}

// TestCutZstd cuts a stream at every byte: all blocks before the cut are given, and the cut is named.
func TestCutZstd(t *testing.T) {
	all := text(5000)
	src, ends := zstdBlocks(t, all, 600)
	o := New(Options{})
	for n := 4; n < len(src); n++ {
		got := open(o, src[:n])
		if got.err == nil || !strings.HasPrefix(got.err.Error(), "zstd: ") {
			t.Fatalf("cut at %d: error %v", n, got.err)
		}
		want := 0
		for size, end := range ends {
			if end <= n {
				want = max(want, size)
			}
		}
		if !bytes.HasPrefix(all, got.data) || len(got.data) < want {
			t.Fatalf("cut at %d: %d bytes, want %d", n, len(got.data), want)
		}
	}
}

// TestCutXz cuts a stream at every byte: it is a prefix, and the cut is named.
func TestCutXz(t *testing.T) {
	all := text(1000)
	src := append(xzipped(all[:400]), xzipped(all[400:])...)
	o := New(Options{})
	first := len(xzipped(all[:400]))
	for n := len(xzMagic); n < len(src); n++ {
		got := open(o, src[:n])
		if n != first && (got.err == nil || !strings.HasPrefix(got.err.Error(), "xz: ")) {
			t.Fatalf("cut at %d: error %v", n, got.err)
		}
		if !bytes.HasPrefix(all, got.data) || n >= first && len(got.data) < 400 {
			t.Fatalf("cut at %d: %d bytes", n, len(got.data))
		}
	}
}

// zstdBlocks is a frame of blocks of n bytes each, and by the decoded bytes up to a block's end the encoded ones.
func zstdBlocks(t *testing.T, b []byte, n int) (src []byte, ends map[int]int) {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	ends = map[int]int{}
	for done := 0; done < len(b); {
		k := min(n, len(b)-done)
		w.Write(b[done : done+k])
		w.Flush()
		done += k
		ends[done] = out.Len()
	}
	w.Close()
	return out.Bytes(), ends
}

// TestFlippedBits flips a bit in every byte: there is a named error, or the data is whole.
func TestFlippedBits(t *testing.T) {
	all := text(3000)
	for kind, src := range map[string][]byte{"gzip": gzipped(all), "zstd": zstandard(all), "xz": xzipped(all)} {
		o := New(Options{})
		for i := 6; i < len(src); i++ {
			damaged := bytes.Clone(src)
			damaged[i] ^= 1 << (i % 8)
			got := open(o, damaged)
			if got.err == nil && !bytes.Equal(got.data, all) {
				t.Fatalf("%s: a bit of byte %d: wrong data and no error", kind, i)
			}
			if got.err != nil && !strings.HasPrefix(got.err.Error(), kind+": ") {
				t.Fatalf("%s: a bit of byte %d: error %v does not name the compression", kind, i, got.err)
			}
		}
	}
}

// TestErrorsOfTheSourceShow reads through a source that breaks.
func TestErrorsOfTheSourceShow(t *testing.T) {
	all := text(100_000)
	broken := errors.New("the disk is on fire")
	for kind, src := range map[string][]byte{"": all, "gzip": gzipped(all), "zstd": zstandard(all)} {
		o := New(Options{})
		o.Open(Source{Reader: io.MultiReader(bytes.NewReader(src[:len(src)/2]), brokenReader{broken}), Size: -1})
		_, r, err := o.Next()
		if err != nil {
			t.Fatal(kind, err)
		}
		data, err := io.ReadAll(r)
		if !errors.Is(err, broken) {
			t.Errorf("%s: error %v", kind, err)
		}
		if !bytes.HasPrefix(all, data) {
			t.Errorf("%s: wrong data", kind)
		}
	}
}

type brokenReader struct{ err error }

func (r brokenReader) Read([]byte) (int, error) { return 0, r.err }
