package function

import (
	"encoding/binary"
	"encoding/hex"
	"math/bits"
)

// appendMurmur3 is MurmurHash3_x64_128 with the seed 0, its two halves lowest byte first, as Guava prints it.
func appendMurmur3(dst, text []byte) []byte {
	const c1, c2 = 0x87c37b91114253d5, 0x4cf5ad432745937f
	var h1, h2 uint64
	mix1 := func(k uint64) { h1 ^= bits.RotateLeft64(k*c1, 31) * c2 }
	mix2 := func(k uint64) { h2 ^= bits.RotateLeft64(k*c2, 33) * c1 }
	length := uint64(len(text))
	for ; len(text) >= 16; text = text[16:] {
		mix1(binary.LittleEndian.Uint64(text))
		h1 = (bits.RotateLeft64(h1, 27)+h2)*5 + 0x52dce729
		mix2(binary.LittleEndian.Uint64(text[8:]))
		h2 = (bits.RotateLeft64(h2, 31)+h1)*5 + 0x38495ab5
	}
	var tail [16]byte
	copy(tail[:], text)
	mix1(binary.LittleEndian.Uint64(tail[:]))
	mix2(binary.LittleEndian.Uint64(tail[8:]))
	h1 ^= length
	h2 ^= length
	h1 += h2
	h2 += h1
	h1, h2 = finish(h1), finish(h2)
	h1 += h2
	h2 += h1
	var sum [16]byte
	binary.LittleEndian.PutUint64(sum[:], h1)
	binary.LittleEndian.PutUint64(sum[8:], h2)
	return hex.AppendEncode(dst, sum[:])
}

// finish is MurmurHash3's fmix64.
func finish(k uint64) uint64 {
	k ^= k >> 33
	k *= 0xff51afd7ed558ccd
	k ^= k >> 33
	k *= 0xc4ceb9fe1a85ec53
	return k ^ k>>33
}
