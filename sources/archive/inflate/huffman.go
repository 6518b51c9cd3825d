package inflate

import (
	"encoding/binary"
	"math/bits"
)

// builder builds codes; it is their scratch memory.
type builder struct {
	lengths [maxLitlens + maxDistances + 8]uint8 // and room to write eight at once
	precode [precodeMask + 1]uint16

	counts   [maxBits + 1]int // codes of each length
	next     [maxBits + 2]int // where the codes of each length begin in what follows
	literals [maxBits + 2]int // where, of them, those of the literals end
	matches  [maxBits + 2]int // and those of the lengths of matches begin: the end of block may be between
	used     [288 + 1]uint16  // symbols that have a code
	sorted   [288]uint16      // symbols by the length of their code
	code     [288]uint16      // their codes, the first bit lowest
	single   [288]uint32      // their entries
}

// build makes the tables for codes of these lengths, with or without entries of two symbols. It reports false if they are
// no Huffman codes.
func (c *codes) build(b *builder, litlens, distances []uint8, pairs bool) bool {
	copy(c.lengths[:], litlens)
	if !b.sort(litlens) {
		return false
	}
	b.codes()
	b.litlenEntries()
	b.fill(c.litlen[:], litlenBits, entrySpecial, pairs)
	if !b.sort(distances) {
		return false
	}
	b.codes()
	b.distEntries()
	b.fill(c.dist[:], distBits, entryDistSpecial, false)
	return true
}

// sort sorts symbols by the lengths of their codes. It reports false if no such code exists, or if it leaves bits without
// a meaning; one code of one bit, and none at all, are allowed.
func (b *builder) sort(lengths []uint8) bool {
	b.count(lengths)
	left := 1
	used := 0
	b.next[1] = 0
	for l := 1; l <= maxBits; l++ {
		left = left<<1 - b.counts[l]
		if left < 0 {
			return false
		}
		used += b.counts[l]
		b.next[l+1] = used
	}
	if left > 0 && used > 0 && (used > 1 || b.counts[1] == 0) {
		return false
	}
	at := b.next
	for _, symbol := range b.used[:used] {
		place := &at[lengths[symbol]&maxBits]
		b.sorted[*place] = symbol
		*place++
	}
	return true
}

// count counts the codes of each length, and notes the symbols that have a code. Whether a symbol has one cannot be
// foreseen, so nothing branches on it; but there are many without one in a row.
func (b *builder) count(lengths []uint8) {
	b.counts = [maxBits + 1]int{}
	used := 0
	for symbol := 0; symbol < len(lengths); symbol++ {
		if rest := lengths[symbol:]; len(rest) >= 8 && binary.LittleEndian.Uint64(rest) == 0 {
			symbol += 7
			continue
		}
		l := lengths[symbol] & maxBits
		b.counts[l]++
		b.used[used] = uint16(symbol)
		used += int(l+maxBits) >> 4
	}
}

// codes gives the sorted symbols their codes: in counting order, the first bit of the stream lowest.
func (b *builder) codes() {
	code := uint32(0)
	for l := 1; l <= maxBits; l++ {
		all := uint32(1)<<l - 1
		for i := b.next[l]; i < b.next[l+1]; i++ {
			b.code[i] = uint16(code)
			if code == all {
				return // the last of a complete code
			}
			top := uint32(1) << (bits.Len32(code^all) - 1)
			code = code&(top-1) | top
		}
	}
}

// litlenEntries makes the entries of the sorted symbols as literals and lengths.
func (b *builder) litlenEntries() {
	for l := 1; l <= maxBits; l++ {
		i, end := b.next[l], b.next[l+1]
		for ; i < end && b.sorted[i] < endOfBlock; i++ {
			b.single[i] = litlenBase[b.sorted[i]] + uint32(l)
		}
		b.literals[l] = i
		if i < end && b.sorted[i] == endOfBlock {
			b.single[i] = litlenBase[endOfBlock] + uint32(l)
			i++
		}
		b.matches[l] = i
		for ; i < end; i++ {
			b.single[i] = litlenBase[b.sorted[i]] + uint32(l)*(1|1<<entryLengthShift)
		}
	}
}

// distEntries makes the entries of the sorted symbols as distances.
func (b *builder) distEntries() {
	for l := 1; l <= maxBits; l++ {
		for i := b.next[l]; i < b.next[l+1]; i++ {
			b.single[i] = distBase[b.sorted[i]] + uint32(l)*(1|1<<entryDistShift)
		}
	}
}

// fill makes the table whose first part is indexed by width bits. It grows with the length of the codes, for every
// table holds the one for a bit less twice.
func (b *builder) fill(table []uint32, width int, special uint32, pairs bool) {
	table[0] = special | entryNothing
	size := 1
	for l := 1; l <= width; l++ {
		copy(table[size:2*size], table[:size])
		size *= 2
		for i := b.next[l]; i < b.next[l+1]; i++ {
			table[b.code[i]] = b.single[i]
		}
		if pairs {
			b.pairs(table, l)
		}
	}
	b.fillLonger(table, width, special)
}

// pairs puts in the entries of two symbols whose codes have together width bits: two literals, or a literal and a match.
func (b *builder) pairs(table []uint32, width int) {
	table = table[:1<<width]
	for l := 1; l < width; l++ {
		l2 := width - l
		from, middle, matches, end := b.next[l2], b.literals[l2], b.matches[l2], b.next[l2+1]
		if from == end {
			continue
		}
		for i := b.next[l]; i < b.literals[l]; i++ {
			code, symbol := uint32(b.code[i]), uint32(b.sorted[i])
			add := entryLiterals | 2<<entryLiteralSize | symbol<<8 + uint32(width)
			for k := from; k < middle; k++ {
				table[code|uint32(b.code[k])<<l] = add | uint32(b.sorted[k])<<entrySecond
			}
			add = 1<<entryBefore | symbol<<8 + uint32(l)*(1|1<<entryLengthShift)
			for k := matches; k < end; k++ {
				table[code|uint32(b.code[k])<<l] = b.single[k] + add
			}
		}
	}
}

// fillLonger makes the tables of the codes that are longer than width, one for each way they begin.
func (b *builder) fillLonger(table []uint32, width int, special uint32) {
	if b.next[width+1] == b.next[maxBits+1] {
		return
	}
	perBit := uint32(1 | 1<<entryDistShift)
	if special == entrySpecial {
		perBit = 1 | 1<<entryLengthShift
	}
	free := 1 << width
	begin, start, index := -1, 0, 0
	for l := width + 1; l <= maxBits; l++ {
		for i := b.next[l]; i < b.next[l+1]; i++ {
			code := int(b.code[i])
			if first := code & (1<<width - 1); first != begin {
				begin, start, index = first, free, b.indexBits(i, l, width)
				free += 1 << index
				table[first] = special | uint32(start)<<16 | uint32(index)<<8 | uint32(width)
			}
			e := b.single[i] - uint32(width)
			if special == entryDistSpecial || b.sorted[i] > endOfBlock {
				e = b.single[i] - uint32(width)*perBit
			}
			for at := code >> width; at < 1<<index; at += 1 << (l - width) {
				table[start+at] = e
			}
		}
	}
}

// indexBits returns how many bits index the table that begins with the sorted symbol i, whose code has l bits: enough for
// the longest code that begins alike.
func (b *builder) indexBits(i, l, width int) int {
	index := l - width
	used := b.next[l+1] - i
	for used < 1<<index && l < maxBits {
		l++
		index++
		used = used<<1 + b.next[l+1] - b.next[l]
	}
	return index
}

// buildPrecode makes the table of the codes of code lengths: [12:16) a length, [8:12) how often it comes, [4:7) extra bits
// to add to that, [0:4) the bits of the code. It reports false if they are no Huffman codes.
func (b *builder) buildPrecode(lengths *[19]uint8) bool {
	if !b.sort(lengths[:]) {
		return false
	}
	b.codes()
	b.precode[0] = 0
	size := 1
	for l := 1; l <= maxPrecode; l++ {
		copy(b.precode[size:2*size], b.precode[:size])
		size *= 2
		for i := b.next[l]; i < b.next[l+1]; i++ {
			b.precode[b.code[i]] = precodeEntry(b.sorted[i]) + uint16(l)
		}
	}
	return true
}

func precodeEntry(symbol uint16) uint16 {
	switch symbol {
	case 16:
		return 3<<8 | precodeRepeat<<4
	case 17:
		return 3<<8 | 3<<4
	case 18:
		return 11<<8 | 7<<4
	}
	return symbol<<12 | 1<<8
}
