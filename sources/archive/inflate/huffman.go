package inflate

import "math/bits"

// builder builds codes; it is their scratch memory. What it builds them of is what add noted: symbols of literals and lengths, and
// behind them those of distances; or symbols of code lengths.
type builder struct {
	used    [fixedLitlens + fixedDistances]uint16 // the symbols that have a code, first to last
	coded   int                                   // how many they are
	lengths [fixedLitlens + fixedDistances]uint8  // of the codes of those
	counts  lengthCounts
	precode [precodeMask + 1]uint32

	next     [maxBits + 2]int     // where the codes of each length begin in what follows
	literals [maxBits + 2]int     // where, of them, those of the literals end
	matches  [maxBits + 2]int     // and those of the lengths of matches begin: the end of block may be between
	sorted   [fixedLitlens]uint16 // symbols by the length of their code
	code     [fixedLitlens]uint16 // their codes, the first bit lowest
	single   [fixedLitlens]uint32 // their entries
}

// lengthCounts is how many codes there are of each length.
type lengthCounts [maxBits + 1]int

// build makes the tables of the codes that the builder holds: of so many litlens, and behind them distances. With pairs it puts in entries
// of two symbols. It reports false if they are no Huffman codes.
func (c *codes) build(b *builder, litlens int, pairs bool) bool {
	copy(c.lengths[:], b.lengths[:])
	near, far := b.counts, lengthCounts{}
	first := b.coded
	for ; first > 0 && int(b.used[first-1]) >= litlens; first-- {
		l := b.lengths[b.used[first-1]] & maxBits
		near[l]--
		far[l]++
	}
	if !b.sort(b.used[:first], &near, 0, litlenSymbols[:]) {
		return false
	}
	if pairs {
		b.divide(b.used[:first])
	}
	b.fill(c.litlen[:], litlenBits, litlenSymbols[:], entrySpecial, pairs)
	if !b.sort(b.used[first:b.coded], &far, litlens, distSymbols[:]) {
		return false
	}
	b.fill(c.dist[:], distBits, distSymbols[:], entryDistSpecial, false)
	return true
}

// add says that a symbol has a code of this length, none if it is zero. Nothing branches on that, for it cannot be foreseen.
func (b *builder) add(symbol int, length uint8) {
	b.lengths[symbol] = length
	b.used[b.coded] = uint16(symbol)
	b.coded += int(length+maxBits) >> 4
	b.counts[length&maxBits]++
}

// clear forgets all symbols.
func (b *builder) clear() {
	b.counts = lengthCounts{}
	b.coded = 0
}

// sort sorts used symbols by the lengths of their codes, of which counts tells, and makes their codes and entries; their own numbers begin
// at first. It reports false if no such code exists, or if it leaves bits without a meaning; one code of one bit, and none at all, are
// allowed.
func (b *builder) sort(used []uint16, counts *lengthCounts, first int, symbols []symbol) bool {
	const top = 16 // codes are counted with their first bit here
	var at, offset [maxBits + 1]uint32
	n, code := 0, 0
	for l, unit := 1, 1<<(top-1); l <= maxBits; l, unit = l+1, unit>>1 {
		b.next[l] = n
		at[l] = uint32(n)
		offset[l] = uint32(code - n*unit)
		n += counts[l]
		code += counts[l] * unit
	}
	b.next[maxBits+1] = n
	if code > 1<<top || code < 1<<top && n > 0 && (n > 1 || counts[1] == 0) {
		return false
	}
	for _, s := range used {
		l := b.lengths[s] & maxBits
		i := at[l]
		at[l]++
		s -= uint16(first)
		b.sorted[i] = s
		b.code[i] = bits.Reverse16(uint16(i<<((top-l)&31) + offset[l]))
		b.single[i] = symbols[s].entry + uint32(l)*symbols[s].perBit
	}
	return true
}

// divide finds where, among the codes of each length, those of the literals end and those of the lengths of matches begin.
func (b *builder) divide(used []uint16) {
	copy(b.matches[:maxBits+1], b.next[1:])
	k := len(used)
	for ; k > 0 && used[k-1] > endOfBlock; k-- {
		b.matches[b.lengths[used[k-1]]&maxBits]--
	}
	b.literals = b.matches
	if k > 0 && used[k-1] == endOfBlock {
		b.literals[b.lengths[endOfBlock]&maxBits]--
	}
}

// fill makes the table whose first part is indexed by width bits. It grows with the length of the codes, for every
// table holds the one for a bit less twice. It begins with the shortest, and with what an earlier code left: all of that is written over,
// unless there are bits without a meaning.
func (b *builder) fill(table []uint32, width int, symbols []symbol, special uint32, pairs bool) {
	l := 1
	if b.next[maxBits+1] < 2 {
		table[0], table[1] = special|entryNothing, special|entryNothing
	} else {
		for b.next[l+1] == 0 {
			l++
		}
	}
	for ; ; l++ {
		from, end := b.next[l], b.next[l+1]
		single := b.single[from:end]
		for i, code := range b.code[from:end] {
			table[code] = single[i]
		}
		if pairs {
			b.pairs(table, l)
		}
		if l == width {
			break
		}
		copy(table[1<<l:2<<l], table[:1<<l])
	}
	b.fillLonger(table, width, symbols, special)
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
func (b *builder) fillLonger(table []uint32, width int, symbols []symbol, special uint32) {
	if b.next[width+1] == b.next[maxBits+1] {
		return
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
			e := b.single[i] - uint32(width)*symbols[b.sorted[i]].perBit
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

// buildPrecode makes the table of the codes of code lengths. It reports false if they are no Huffman codes.
func (b *builder) buildPrecode(lengths *[precodes]uint8) bool {
	b.clear()
	for symbol, length := range lengths {
		b.add(symbol, length)
	}
	if !b.sort(b.used[:b.coded], &b.counts, 0, precodeSymbols[:]) {
		return false
	}
	b.fill(b.precode[:], maxPrecode, precodeSymbols[:], 0, false)
	return true
}
