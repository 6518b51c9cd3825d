package lzma

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	library "github.com/ulikunitz/xz/lzma"
)

// samples are what encoders meet: texts, noise, runs, and each of them in turns.
func samples() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 150_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	var text bytes.Buffer
	for i := range 8000 {
		fmt.Fprintf(&text, `{"EventID":%d,"Computer":"ws%02d.example.com","User":"ada"}`+"\n", 4600+r.IntN(100), i%37)
	}
	turns := bytes.Join([][]byte{text.Bytes()[:90_000], noise[:70_000], text.Bytes()[30_000:60_000], make([]byte, 300_000), noise}, nil)
	return map[string][]byte{"nothing": nil, "a byte": {'a'}, "text": text.Bytes(), "noise": noise, "zeros": make([]byte, 3<<20), "turns": turns}
}

func packed(b []byte, p library.Properties, dictionary int) (properties byte, data []byte) {
	var out bytes.Buffer
	w, err := library.WriterConfig{Properties: &p, DictCap: dictionary, Size: int64(len(b)), SizeInHeader: true}.NewWriter(&out)
	if err != nil {
		panic(err)
	}
	w.Write(b)
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()[0], out.Bytes()[library.HeaderLen:]
}

func packed2(b []byte, p library.Properties, dictionary int) []byte {
	var out bytes.Buffer
	w, err := library.Writer2Config{Properties: &p, DictCap: dictionary}.NewWriter2(&out)
	if err != nil {
		panic(err)
	}
	for len(b) > 0 { // flushes end chunks
		n := min(len(b), 250_000)
		w.Write(b[:n])
		w.Flush()
		b = b[n:]
	}
	w.Close()
	return out.Bytes()
}

func TestWhatTheLibraryPacks(t *testing.T) {
	for name, want := range samples() {
		for _, p := range []library.Properties{{LC: 3, PB: 2}, {LC: 0, LP: 2, PB: 0}, {LC: 1, LP: 3, PB: 4}} {
			for _, dictionary := range []int{1 << 16, 100_000, 8 << 20} {
				properties, data := packed(want, p, dictionary)
				got, err := io.ReadAll(NewReader(bufio.NewReader(bytes.NewReader(data)), properties, int64(dictionary), int64(len(want))))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("LZMA of %s, %v, dictionary of %d: %d of %d bytes and %v", name, p, dictionary, len(got), len(want), err)
				}
				src := bufio.NewReader(iotest.HalfReader(bytes.NewReader(append(packed2(want, p, dictionary), "behind"...))))
				got, err = io.ReadAll(NewReader2(src, int64(dictionary)))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("LZMA2 of %s, %v, dictionary of %d: %d of %d bytes and %v", name, p, dictionary, len(got), len(want), err)
				}
				if behind, _ := io.ReadAll(src); string(behind) != "behind" {
					t.Errorf("LZMA2 of %s, %v, dictionary of %d: %q is left", name, p, dictionary, behind)
				}
			}
		}
	}
}

// TestCuts cuts streams at every place: an ever longer beginning comes, and then the error.
func TestCuts(t *testing.T) {
	want := samples()["text"][:20_000]
	p := library.Properties{LC: 3, PB: 2}
	properties, data := packed(want, p, 1<<16)
	data2 := packed2(want, p, 1<<16)
	for name, c := range map[string]struct {
		data []byte
		open func(src *bufio.Reader) io.Reader
	}{
		"LZMA":  {data, func(src *bufio.Reader) io.Reader { return NewReader(src, properties, 1<<16, int64(len(want))) }},
		"LZMA2": {data2, func(src *bufio.Reader) io.Reader { return NewReader2(src, 1<<16) }},
	} {
		longest := 0
		for n := range c.data {
			got, err := io.ReadAll(c.open(bufio.NewReader(bytes.NewReader(c.data[:n]))))
			whole := len(got) == len(want) // the last bytes of a stream say nothing
			if !errors.Is(err, io.ErrUnexpectedEOF) && !(whole && err == nil) || !bytes.HasPrefix(want, got) || len(got) < longest {
				t.Fatalf("%s cut at %d of %d: %d bytes and %v, %d before", name, n, len(c.data), len(got), err, longest)
			}
			longest = len(got)
		}
		if longest < len(want)*9/10 {
			t.Errorf("%s: no more than %d of %d bytes came of a cut stream", name, longest, len(want))
		}
	}
}

// TestMemoryIsWhatIsDecoded has streams claim dictionaries of 4 GiB.
func TestMemoryIsWhatIsDecoded(t *testing.T) {
	want := samples()["text"]
	r := NewReader2(bufio.NewReader(bytes.NewReader(packed2(want, library.Properties{LC: 3, PB: 2}, 1<<20))), 1<<32)
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes and %v", len(got), err)
	}
	if len(r.window.buf) > 2*len(want) {
		t.Errorf("a window of %d bytes for %d", len(r.window.buf), len(want))
	}
}

// FuzzAgainstTheLibrary reads any stream with both: where the library reads it without an error, ours gives the same or finds
// damage that the library does not look for; and neither gives other bytes than the other.
func FuzzAgainstTheLibrary(f *testing.F) {
	for _, want := range samples() {
		want = want[:min(len(want), 3000)]
		f.Add(packed2(want, library.Properties{LC: 3, PB: 2}, MinDictionary), true)
		properties, data := packed(want, library.Properties{LC: 3, PB: 2}, MinDictionary)
		f.Add(append([]byte{properties, byte(len(want)), byte(len(want) >> 8)}, data...), false)
	}
	const most, dictionary = 1 << 20, 1 << 16
	f.Fuzz(func(t *testing.T, src []byte, two bool) {
		var ours, theirs io.Reader
		var err error
		if two {
			ours = NewReader2(bufio.NewReader(bytes.NewReader(src)), dictionary)
			theirs, err = library.Reader2Config{DictCap: dictionary}.NewReader2(bytes.NewReader(src))
		} else {
			if len(src) < 3 {
				t.Skip("no head")
			}
			size := binary.LittleEndian.Uint16(src[1:])
			head := binary.LittleEndian.AppendUint32([]byte{src[0]}, dictionary)
			head = binary.LittleEndian.AppendUint64(head, uint64(size))
			ours = NewReader(bufio.NewReader(bytes.NewReader(src[3:])), src[0], dictionary, int64(size))
			theirs, err = library.NewReader(bytes.NewReader(append(head, src[3:]...)))
		}
		got, gotErr := io.ReadAll(io.LimitReader(ours, most))
		if err != nil {
			return
		}
		want, wantErr := io.ReadAll(io.LimitReader(theirs, most))
		if n := min(len(got), len(want)); !bytes.Equal(got[:n], want[:n]) {
			t.Errorf("other bytes:\n%q\n%q", got, want)
		}
		if wantErr == nil && len(got) < len(want) && gotErr == nil {
			t.Errorf("%d bytes, want %d and %v", len(got), len(want), gotErr)
		}
		if gotErr == nil && wantErr == nil && len(got) != len(want) {
			t.Errorf("%d bytes, want %d", len(got), len(want))
		}
	})
}
