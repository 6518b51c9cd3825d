package inflate

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

// codes are the Huffman codes of a block.
type codes struct {
	litlen  [litlenSize]uint32
	dist    [distSize]uint32
	lengths [endOfBlock]uint8 // of the literals' codes
}

// litlenBase and distBase are the entries of the symbols without what their codes' lengths add.
var litlenBase, distBase = func() (litlen [288]uint32, dist [32]uint32) {
	for i := range endOfBlock {
		litlen[i] = entryLiterals | 1<<entryLiteralSize | uint32(i)<<8
	}
	litlen[endOfBlock] = entrySpecial | entryEnd
	base := uint32(3)
	for i := range uint32(28) {
		extra := max(i>>2, 1) - 1
		litlen[endOfBlock+1+i] = base<<16 | extra
		base += 1 << extra
	}
	litlen[endOfBlock+29] = 258 << 16
	litlen[286], litlen[287] = entrySpecial|entryNothing, entrySpecial|entryNothing
	base = 1
	for i := range uint32(30) {
		extra := max(i>>1, 1) - 1
		dist[i] = base<<16 | extra
		base += 1 << extra
	}
	dist[30], dist[31] = entryDistSpecial|entryNothing, entryDistSpecial|entryNothing
	return litlen, dist
}()

// fixedCodes are the codes of blocks that do not bring their own.
var fixedCodes = func() *codes {
	var lengths [288 + 32]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		case i < 288:
			lengths[i] = 8
		default:
			lengths[i] = 5
		}
	}
	c := &codes{}
	c.build(&builder{}, lengths[:288], lengths[288:], true)
	return c
}()
