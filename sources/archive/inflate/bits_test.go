package inflate

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
)

// bitWriter writes DEFLATE by hand.
type bitWriter struct {
	out   []byte
	acc   uint64
	count int
}

// bits writes the lowest n bits of v, the lowest first.
func (w *bitWriter) bits(v uint64, n int) *bitWriter {
	w.acc |= v << w.count
	for w.count += n; w.count >= 8; w.count -= 8 {
		w.out = append(w.out, byte(w.acc))
		w.acc >>= 8
	}
	return w
}

// code writes the lowest n bits of v, the highest first, as Huffman codes are.
func (w *bitWriter) code(v uint64, n int) *bitWriter {
	return w.bits(bits.Reverse64(v)>>(64-n), n)
}

// bytes returns what is written, up to the end of its last byte.
func (w *bitWriter) bytes() []byte {
	if w.count > 0 {
		w.bits(0, 8-w.count)
	}
	return w.out
}

func (w *bitWriter) block(final bool, kind uint64) *bitWriter {
	if final {
		return w.bits(1|kind<<1, 3)
	}
	return w.bits(kind<<1, 3)
}

func (w *bitWriter) fixedBlock(final bool) *bitWriter { return w.block(final, blockFixed) }

// fixedSymbol writes the fixed code of a literal or length.
func (w *bitWriter) fixedSymbol(symbol int) *bitWriter {
	switch s := uint64(symbol); {
	case s < 144:
		return w.code(0x30+s, 8)
	case s < 256:
		return w.code(0x190+s-144, 9)
	case s < 280:
		return w.code(s-256, 7)
	default:
		return w.code(0xc0+s-280, 8)
	}
}

func (w *bitWriter) fixedLiteral(c byte) *bitWriter { return w.fixedSymbol(int(c)) }
func (w *bitWriter) fixedEnd() *bitWriter           { return w.fixedSymbol(endOfBlock) }

// fixedMatch writes a match, by a search for its symbols so as to share nothing with the tables.
func (w *bitWriter) fixedMatch(length, distance int) *bitWriter {
	bases := []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	extras := []int{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	i := lastNotAbove(bases, length)
	w.fixedSymbol(257+i).bits(uint64(length-bases[i]), extras[i])
	bases = []int{
		1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
		8193, 12289, 16385, 24577,
	}
	i = lastNotAbove(bases, distance)
	return w.code(uint64(i), 5).bits(uint64(distance-bases[i]), max(0, i/2-1))
}

func lastNotAbove(bases []int, v int) int {
	i := len(bases) - 1
	for bases[i] > v {
		i--
	}
	return i
}

// storedPart is n zeros in stored blocks, none of them the last.
func storedPart(n int) []byte {
	var out []byte
	for n > 0 {
		piece := min(n, 0xffff)
		out = append(out, 0, byte(piece), byte(piece>>8), ^byte(piece), ^byte(piece>>8))
		out = append(out, make([]byte, piece)...)
		n -= piece
	}
	return out
}

// gzipOf puts a head and a trailer around a raw stream of a content.
func gzipOf(stream, content []byte) []byte {
	out := append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"), stream...)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(content))
	return binary.LittleEndian.AppendUint32(out, uint32(len(content)))
}
