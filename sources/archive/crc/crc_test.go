package crc

import (
	"hash/crc32"
	"math/rand/v2"
	"strconv"
	"testing"
)

func noise(n int) []byte {
	rng := rand.New(rand.NewPCG(3, 4))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(rng.Uint32())
	}
	return out
}

func same(t *testing.T, sum uint32, p []byte) {
	t.Helper()
	if got, want := Update(sum, p), crc32.Update(sum, crc32.IEEETable, p); got != want {
		t.Fatalf("%d bytes after %#x: %#x, the library %#x", len(p), sum, got, want)
	}
}

// TestEveryLengthAtEveryPlace takes all lengths up to eight steps of the loop, and all places that a vector of 32 bytes can begin at.
func TestEveryLengthAtEveryPlace(t *testing.T) {
	content := noise(1024 + 64)
	for length := range 1024 + 1 {
		for place := range 64 {
			same(t, uint32(length*place)*0x9e3779b9, content[place:][:length])
		}
	}
}

// TestEveryBitCounts flips each bit of what takes all parts of the loop: the first step, one between, the last, and the rest.
func TestEveryBitCounts(t *testing.T) {
	content := noise(3*128 + 17)
	for i := range 8 * len(content) {
		content[i/8] ^= 1 << (i % 8)
		same(t, 0, content)
		content[i/8] ^= 1 << (i % 8)
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add(uint32(0), noise(1000), uint16(500))
	f.Add(^uint32(0), make([]byte, 300), uint16(256))
	f.Fuzz(func(t *testing.T, sum uint32, p []byte, split uint16) {
		same(t, sum, p)
		at := min(int(split), len(p))
		if got, want := Update(Update(sum, p[:at]), p[at:]), crc32.Update(sum, crc32.IEEETable, p); got != want {
			t.Fatalf("%d bytes after %#x, in two parts: %#x, the library %#x", len(p), sum, got, want)
		}
	})
}

func TestNothingIsAllocated(t *testing.T) {
	content := noise(1000)
	if n := testing.AllocsPerRun(10, func() { Update(0, content) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, size := range []int{256, 1 << 10, 6 << 10, 32 << 10, 224 << 10} {
		content := noise(size)
		for name, update := range map[string]func(uint32, []byte) uint32{
			"ours":    Update,
			"library": func(sum uint32, p []byte) uint32 { return crc32.Update(sum, crc32.IEEETable, p) },
		} {
			b.Run(name+"/"+strconv.Itoa(size), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					update(0, content)
				}
			})
		}
	}
}
