package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"runtime"
	"testing"

	"github.com/ulikunitz/xz"
)

// xzOf is b in blocks of some size, with some kind of check.
func xzOf(b []byte, block int64, check byte) []byte {
	var out bytes.Buffer
	w, err := xz.WriterConfig{BlockSize: block, CheckSum: check, NoCheckSum: check == 0, DictCap: 1 << 16}.NewWriter(&out)
	if err != nil {
		panic(err)
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// withDictionary asks for a dictionary in all blocks of src, which has their headers of 12 bytes with no more than LZMA2's filter.
func withDictionary(src []byte, bits byte) []byte {
	out := bytes.Clone(src)
	filter := []byte{2, 0, 0x21, 1}
	for at := bytes.Index(out, filter); at >= 0; {
		out[at+4] = bits
		binary.LittleEndian.PutUint32(out[at+8:], crc32.ChecksumIEEE(out[at:at+8]))
		more := bytes.Index(out[at+12:], filter)
		if more < 0 {
			break
		}
		at += 12 + more
	}
	return out
}

func readXz(src []byte) ([]byte, error) {
	o := New(Options{})
	o.Open(fromBytes(src))
	defer o.Close()
	_, r, err := o.Next()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func TestXzStreams(t *testing.T) {
	want := text(70_000)
	zeros := "\x00\x00\x00\x00"
	for _, check := range []byte{0, xz.CRC32, xz.CRC64, xz.SHA256} {
		for _, block := range []int64{1000, 65_537, 1 << 20} {
			src := xzOf(want, block, check)
			if got, err := readXz(src); err != nil || !bytes.Equal(got, want) {
				t.Errorf("check %d, blocks of %d: %d bytes and %v", check, block, len(got), err)
			}
			twice := append(append(bytes.Clone(src), zeros...), src...)
			if got, err := readXz(append(twice, zeros+zeros...)); err != nil || len(got) != 2*len(want) {
				t.Errorf("check %d, blocks of %d, twice: %d bytes and %v", check, block, len(got), err)
			}
		}
	}
}

// TestXzDamage flips each byte of a stream with several blocks, and cuts it there: there is an error.
func TestXzDamage(t *testing.T) {
	want := text(3000)
	src := xzOf(want, 700, xz.CRC64)
	for at := len(xzMagic); at < len(src); at++ {
		got, err := readXz(flipped(src, at))
		if err == nil {
			t.Errorf("a flip at %d shows no error: %d bytes", at, len(got))
		}
		if _, err := readXz(src[:at]); err == nil {
			t.Errorf("a cut at %d shows no error", at)
		}
	}
}

// TestXzDictionaries has a stream ask for the largest dictionary in each of its blocks: it costs no memory.
func TestXzDictionaries(t *testing.T) {
	const fourGiB = 40
	want := text(20_000)
	src := withDictionary(xzOf(want, 1000, xz.CRC32), fourGiB)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := readXz(src)
	runtime.ReadMemStats(&after)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes and %v", len(got), err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 16<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}

// TestXzDictionaryThatIsTooLarge fills a dictionary of 4 GiB with stored chunks, up to where we go.
func TestXzDictionaryThatIsTooLarge(t *testing.T) {
	const headers, stored, storedAfterReset = 24, 2, 1
	chunk := append([]byte{stored, 0xff, 0xff}, make([]byte, 1<<16)...)
	first := append(withDictionary(xzOf(nil, 1000, 0), 40)[:headers], chunk...)
	if len(first) < headers+len(chunk) {
		t.Fatal("no block")
	}
	first[headers] = storedAfterReset
	pieces := []io.Reader{bytes.NewReader(first)}
	for range maxWindow >> 16 {
		pieces = append(pieces, bytes.NewReader(chunk))
	}
	o := New(Options{})
	o.Open(Source{Reader: io.MultiReader(pieces...), Size: -1})
	defer o.Close()
	_, r, err := o.Next()
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, r)
	if n <= maxWindow || err == nil || err.Error() != "xz: its dictionary of 4294967296 bytes is larger than 134217728" {
		t.Errorf("%d bytes and %v", n, err)
	}
}
