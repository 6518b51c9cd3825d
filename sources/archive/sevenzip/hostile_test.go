package sevenzip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"
)

// archived is an archive with a directory of these bytes behind packed ones, with all checksums right.
func archived(packed, directory []byte) []byte {
	le := binary.LittleEndian
	start := le.AppendUint64(nil, uint64(len(packed)))
	start = le.AppendUint64(start, uint64(len(directory)))
	start = le.AppendUint32(start, crc32.ChecksumIEEE(directory))
	out := append(bytes.Clone(signature), 0, 4)
	out = le.AppendUint32(out, crc32.ChecksumIEEE(start))
	return append(append(append(out, start...), packed...), directory...)
}

// number is n as directories spell the largest of them.
func number(n uint64) string {
	return "\xff" + string(binary.LittleEndian.AppendUint64(nil, n))
}

// one is the directory of an archive of one file of some size, made by a coder of one packed stream.
func one(packed byte, coder string, size uint64) []byte {
	return []byte("\x01\x04" + "\x06\x00\x01\x09" + string(packed) + "\x00" + "\x07\x0b\x01\x00\x01" + coder + "\x0c" + number(size) + "\x00\x00" +
		"\x05\x01\x11\x05\x00a\x00\x00\x00" + "\x00\x00")
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestHostileArchives(t *testing.T) {
	const lzma, lzma2, ppmd = "\x23\x03\x01\x01\x05\x5d", "\x21\x21\x01", "\x23\x03\x04\x01\x05\x06"
	many := number(4_000_000_000)
	for _, c := range []struct {
		name      string
		packed    string
		directory string
		want      string
	}{
		{"4 billion files", "", "\x01\x05" + many, "4000000000 files in 0 bytes"},
		{"4 billion packed streams", "", "\x01\x04\x06\x00" + many, "4000000000 packed streams in 0 bytes"},
		{"4 billion folders", "", "\x01\x04\x07\x0b" + many, "4000000000 folders in 0 bytes"},
		{"4 billion coders", "", "\x01\x04\x07\x0b\x01\x00" + many, "a folder with 4000000000 coders"},
		{"4 billion properties", "", "\x01\x04\x07\x0b\x01\x00\x01\x21\x21" + many, "4000000000 bytes are wanted where 0 are left"},
		{"4 billion streams", "", string(one(0, "\x01\x00", 0)[:26]) + "\x08\x0d" + many + "\x09", "4000000000 streams in 0 bytes"},
		{"names that are 4 billion bytes", "", "\x01\x05\x01\x11" + many, "4000000000 bytes are wanted where 0 are left"},
		{"a dictionary of 4 GiB for a few bytes", "\x01\x00\x00a\x00", string(one(5, lzma2+"\x28", 1)), ""},
		{"a dictionary of 4 GiB, for as much", "\x01\x00\x00a\x00", string(one(5, lzma2+"\x28", 1<<40)), "more than 335544320"},
		{"LZMA with a dictionary of 4 GiB", "\x00\x00\x00\x00\x00", string(one(5, lzma+"\xff\xff\xff\xff", 300<<20)), "unexpected EOF"},
		{"PPMd with 4 GiB", "\x00\x00\x00\x00\x00", string(one(5, ppmd+"\xff\xff\xff\xff", 5)), "more than 335544320"},
		{"a file without end", "a", string(one(1, "\x01\x00", 1<<62)), "unexpected EOF"},
		{"a packed directory of 4 GB", "a", "\x17" + string(one(1, "\x01\x00", 4_000_000_000)[2:27]), "larger than 67108864"},
		{"a file behind the archive", "a", strings.Replace(string(one(1, "\x01\x00", 1)), "\x06\x00\x01", "\x06"+number(1<<62)+"\x01", 1), "unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := archived([]byte(c.packed), []byte(c.directory))
			var err error
			if n := allocated(func() { _, err = read(src, Options{}) }); n > 4<<20 {
				t.Errorf("%d bytes were allocated", n)
			}
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Error(err)
			}
		})
	}
}

func TestKeysOfManyRoundsAreRefused(t *testing.T) {
	var k keys
	var unsupported *UnsupportedError
	if _, err := k.key("secret", 25, nil); !errors.As(err, &unsupported) {
		t.Error(err)
	}
	k.rounds = maxRounds - 1<<10
	if _, err := k.key("secret", 10, nil); err != nil {
		t.Error(err)
	}
	if _, err := k.key("secret", 10, nil); err != nil {
		t.Error("a key that was made before:", err)
	}
	if _, err := k.key("secret", 10, []byte("salt")); !errors.As(err, &unsupported) {
		t.Error(err)
	}
}

// mostAllocated is for an archive whose content is not worth more: what readers take by themselves, and the memory that a budget
// of mostDecoded lets coders have.
const (
	mostDecoded   = 1 << 18
	mostAllocated = 64 * (mostDecoded + 1<<20)
)

// FuzzDirectory reads archives with any directory: reading ends, without a panic of ours, and allocates no more than its bytes and
// the budget are worth.
func FuzzDirectory(f *testing.F) {
	for _, name := range append([]string{"deflate64.7z"}, readable...) {
		src := testdata(f, name)
		at := startHeader + binary.LittleEndian.Uint64(src[12:])
		f.Add(src[startHeader:at], src[at:])
	}
	plain := testdata(f, "lzma.7z")
	if r, err := NewReader(bytes.NewReader(plain), int64(len(plain)), Options{}); err == nil {
		at := startHeader + binary.LittleEndian.Uint64(plain[12:])
		b, err := r.decodedDirectory(plain[at+1:])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain[startHeader:at], b)
	}
	f.Add([]byte("a"), one(1, "\x01\x00", 1))
	f.Add([]byte("a"), []byte("\x01\x05"+number(4_000_000_000)))
	f.Fuzz(func(t *testing.T, packed, directory []byte) {
		src := archived(packed, directory)
		if n := allocated(func() { drain(src) }); n > mostAllocated {
			t.Errorf("%d bytes were allocated", n)
		}
	})
}

// drain reads what can be read of an archive, and goes on behind what cannot.
func drain(src []byte) {
	left := int64(mostDecoded)
	decoded := func(n int64) error {
		if left -= n; left < 0 {
			return errors.New("spent")
		}
		return nil
	}
	r, err := NewReader(bytes.NewReader(src), int64(len(src)), Options{Password: "secret", Decoded: decoded})
	if err != nil {
		return
	}
	for range 100 {
		m, err := r.Next()
		if err != nil || left < 0 {
			return
		}
		content, err := r.Open(m)
		if err != nil {
			continue
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(content, left))
		left -= n
	}
}
