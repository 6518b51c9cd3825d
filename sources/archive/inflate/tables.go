package inflate

import "sync"

// The tables. A code of up to litlenBits bits is found at once, by the next bits of the stream; a longer one by an entry
// that leads to a table of its own behind the first. An entry is a packed word:
//
//	literals    bit 31      [24:28) how many, 1 or 2     [16:24) the second  [8:16) the first
//	length                  bit 30 a literal before it   [25:29) shift  [16:25) base  [8:16) the literal
//	distance                [16:31) base                 [8:12) shift
//	special     bit 29, of a distance bit 31
//	  table                 [16:28) where it begins      [8:12) the bits that index it
//	  end                   bit 12
//	  nothing               bit 13: no code has these bits
//
// and in all of them [0:8) is how many bits of the stream it stands for, extra bits included. The extra bits are those
// above shift. So an entry may say "the literals e and v", or "the literal : and a match of 3".
const (
	litlenBits = 11
	litlenMask = 1<<litlenBits - 1
	litlenSize = 1 << 12 // room for the longer codes' tables too: with them it is 2342 entries at most
	distBits   = 9
	distMask   = 1<<distBits - 1
	distSize   = 1 << 10 // as above: 592

	maxBits = 15 // of a code

	entryLiterals    = 1 << 31
	entrySecond      = 16
	entryLiteralSize = 24
	entryBefore      = 30
	entryLengthShift = 25
	entryDistShift   = 8
	entrySpecial     = 1 << 29
	entryDistSpecial = 1 << 31
	entryEnd         = 1 << 12
	entryNothing     = 1 << 13
)

const endOfBlock = 256

// The fixed codes have symbols that no block may use, but that take codes; other codes have fewer.
const (
	fixedLitlens   = 288
	fixedDistances = 32
)

// codes are the Huffman codes of a block.
type codes struct {
	litlen  [litlenSize]uint32
	dist    [distSize]uint32
	lengths [endOfBlock]uint8 // of the literals' codes
}

// symbol is what a table has for a symbol: its entry, and what each bit of its code adds to that.
type symbol struct{ entry, perBit uint32 }

var litlenSymbols, distSymbols = func() (litlen [fixedLitlens]symbol, dist [fixedDistances]symbol) {
	for i := range endOfBlock {
		litlen[i] = symbol{entryLiterals | 1<<entryLiteralSize | uint32(i)<<8, 1}
	}
	litlen[endOfBlock] = symbol{entrySpecial | entryEnd, 1}
	const perLength, perDistance = 1 | 1<<entryLengthShift, 1 | 1<<entryDistShift
	base := uint32(3)
	for i := range uint32(28) {
		extra := max(i>>2, 1) - 1
		litlen[endOfBlock+1+i] = symbol{base<<16 | extra, perLength}
		base += 1 << extra
	}
	litlen[endOfBlock+29] = symbol{258 << 16, perLength}
	litlen[286], litlen[287] = symbol{entrySpecial | entryNothing, 1}, symbol{entrySpecial | entryNothing, 1}
	base = 1
	for i := range uint32(30) {
		extra := max(i>>1, 1) - 1
		dist[i] = symbol{base<<16 | extra, perDistance}
		base += 1 << extra
	}
	dist[30], dist[31] = symbol{entryDistSpecial | entryNothing, 1}, symbol{entryDistSpecial | entryNothing, 1}
	return litlen, dist
}()

// precodeSymbols are the symbols of code lengths: [16:20) a length, [8:12) how often it comes, [4:7) extra bits to add to that,
// [0:4) the bits of the code. What is no code is entryNothing.
var precodeSymbols = func() (symbols [precodes]symbol) {
	for i := range uint32(maxBits + 1) {
		symbols[i] = symbol{i<<precodeLength | 1<<8, 1}
	}
	symbols[16] = symbol{3<<8 | precodeRepeat<<4, 1}
	symbols[17] = symbol{3<<8 | 3<<4, 1}
	symbols[18] = symbol{11<<8 | 7<<4, 1}
	return symbols
}()

// fixedCodes are the codes of blocks that do not bring their own.
var fixedCodes = sync.OnceValue(func() *codes {
	b := &builder{}
	for i := range fixedLitlens + fixedDistances {
		switch {
		case i < 144:
			b.add(i, 8)
		case i < 256:
			b.add(i, 9)
		case i < 280:
			b.add(i, 7)
		case i < fixedLitlens:
			b.add(i, 8)
		default:
			b.add(i, 5)
		}
	}
	c := &codes{}
	c.build(b, fixedLitlens, true)
	return c
})
