package literal

import "encoding/binary"

// Grams looks for any number of literals. Each has an anchor, a stretch as long as the shortest of them; the text is sampled
// at such a distance that one gram, some bytes of the anchor, is sure to be sampled where the literal stands. A table of bits
// says by their hash which grams there are, mostly no sampled one; a list, which literals may stand around a gram.
type Grams struct {
	stride int
	factor uint32 // of the hash: for three bytes it pushes the fourth out
	fold   uint32 // the bit that makes capital letters small, if any literal is in any case: what else it changes is sorted out later
	bits   *bitTable
	few    *byteTable // the same in other words, if the grams are few and the distance is two: nil else
	lists  []int32    // by the hash of a gram, its first entry, or -1
	shift  int        // of the hash, for lists
	grams  []gram
	reach  int // the largest offset of a gram in its literal
}

// gram is some bytes of a literal, and the next gram in its list.
type gram struct {
	anchored
	hash uint32 // of its bytes, which no other bytes have
	next int32
}

const (
	// ShortestGram is how many bytes a literal must have for Grams.
	ShortestGram = 4
	longestShort = ShortestGram - 1

	gramBits  = 21
	fewBits   = 15
	hashOf4   = 0x9e3779b1
	hashOf3   = 0x9e3779 << 8
	maxStride = 8
	// fewGrams is how many grams of three bytes are rare enough in logs. Of more, grams have four.
	fewGrams = 200
)

// NewGrams compiles literals, none of which is shorter than ShortestGram.
func NewGrams(list []Literal) *Grams {
	shortest := maxStride + 2
	g := &Grams{factor: hashOf4, bits: new(bitTable)}
	for _, l := range list {
		shortest = min(shortest, len(l.Text))
		if l.Fold {
			g.fold = 0x20202020
		}
	}
	length := 4
	if len(list)*(shortest-2) <= fewGrams {
		length, g.factor = 3, hashOf3
	}
	g.stride = shortest - length + 1
	if length == 3 && g.stride == 2 {
		g.few = new(byteTable)
	}
	size := 6
	for 1<<size < 2*g.stride*len(list) {
		size++
	}
	g.shift = 32 - size
	g.lists = make([]int32, 1<<size)
	for i := range g.lists {
		g.lists[i] = -1
	}
	for _, l := range list {
		start := l.rarest(shortest)
		for offset := start; offset < start+g.stride; offset++ {
			g.put(anchored{l, offset}, length)
		}
	}
	return g
}

func (g *Grams) put(a anchored, length int) {
	var four [4]byte
	copy(four[:length], a.literal.Text[a.offset:])
	h := (binary.LittleEndian.Uint32(four[:]) | g.fold) * g.factor
	g.bits.add(h)
	if g.few != nil {
		g.few[h>>(32-fewBits)] = 1
	}
	list := &g.lists[h>>g.shift]
	g.grams = append(g.grams, gram{a, h, *list})
	*list = int32(len(g.grams) - 1)
	g.reach = max(g.reach, a.offset)
}

// bitTable is a set of hashes, of which it knows the upper bits.
type bitTable [1 << (gramBits - 6)]uint64

func (t *bitTable) add(hash uint32) { t[hash>>(38-gramBits)] |= 1 << (hash >> (32 - gramBits) & 63) }

// has reports whether the hash of four bytes may be in the set.
func (t *bitTable) has(x, fold, factor uint32) bool {
	h := (x | fold) * factor >> (32 - gramBits)
	return t[h>>6]&(1<<(h&63)) != 0
}

// byteTable is a bitTable with a byte for a bit, which is looked up faster and has room for few.
type byteTable [1 << fewBits]uint8

func (t *byteTable) at(x, fold, factor uint32) uint8 { return t[(x|fold)*factor>>(32-fewBits)] }

// Index returns where the first of the literals begins in b, or -1.
func (g *Grams) Index(b []byte) int {
	first, text := -1, b
	for from := 0; ; from += g.stride {
		if from = g.candidate(text, from); from < 0 {
			return first
		}
		if start := g.startAround(b, from); start >= 0 && (first < 0 || start < first) {
			// What begins before has its gram no farther than that.
			first, text = start, b[:min(len(b), start+g.reach+4)]
		}
	}
}

// startAround returns where the first literal begins that has the gram at a place in b, or -1.
func (g *Grams) startAround(b []byte, at int) int {
	h := (fourAt(b, at) | g.fold) * g.factor
	first := -1
	for i := g.lists[h>>g.shift]; i >= 0; i = g.grams[i].next {
		if e := &g.grams[i]; e.hash == h && e.literal.standsAt(b, at-e.offset) {
			first = firstOf(first, at-e.offset)
		}
	}
	return first
}

// candidate returns the first place of a gram, of those sampled from one on, or -1.
func (g *Grams) candidate(b []byte, i int) int {
	switch {
	case g.few != nil:
		i = g.skipFew(b, i)
	case g.stride == 1:
		i = g.skipByOne(b, i)
	default:
		i = g.skip(b, i)
	}
	for ; i < len(b); i += g.stride {
		if g.bits.has(fourAt(b, i), g.fold, g.factor) {
			return i
		}
	}
	return -1
}

// skip goes from one place to a later one between which no gram is sampled, and behind which there is one soon, or the end.
func (g *Grams) skip(b []byte, i int) int {
	t, stride, fold, factor := g.bits, g.stride, g.fold, g.factor
	for ; i+3*stride+4 <= len(b); i += 4 * stride {
		if t.has(binary.LittleEndian.Uint32(b[i:]), fold, factor) || t.has(binary.LittleEndian.Uint32(b[i+stride:]), fold, factor) ||
			t.has(binary.LittleEndian.Uint32(b[i+2*stride:]), fold, factor) || t.has(binary.LittleEndian.Uint32(b[i+3*stride:]), fold, factor) {
			break
		}
	}
	return i
}

// skipByOne is skip for the least distance, with what it needs not look up as constants.
func (g *Grams) skipByOne(b []byte, i int) int {
	t, fold, factor := g.bits, g.fold, g.factor
	for ; i+8 <= len(b); i += 4 {
		w := b[i : i+8 : i+8]
		if t.has(binary.LittleEndian.Uint32(w[0:]), fold, factor) || t.has(binary.LittleEndian.Uint32(w[1:]), fold, factor) ||
			t.has(binary.LittleEndian.Uint32(w[2:]), fold, factor) || t.has(binary.LittleEndian.Uint32(w[3:]), fold, factor) {
			break
		}
	}
	return i
}

// skipFew is skip for few grams and a distance of two, which a literal of four bytes among a few makes.
func (g *Grams) skipFew(b []byte, i int) int {
	t, fold, factor := g.few, g.fold, g.factor
	for ; i+18 <= len(b); i += 16 {
		w := b[i : i+18 : i+18]
		if t.at(binary.LittleEndian.Uint32(w[0:]), fold, factor)|t.at(binary.LittleEndian.Uint32(w[2:]), fold, factor)|
			t.at(binary.LittleEndian.Uint32(w[4:]), fold, factor)|t.at(binary.LittleEndian.Uint32(w[6:]), fold, factor)|
			t.at(binary.LittleEndian.Uint32(w[8:]), fold, factor)|t.at(binary.LittleEndian.Uint32(w[10:]), fold, factor)|
			t.at(binary.LittleEndian.Uint32(w[12:]), fold, factor)|t.at(binary.LittleEndian.Uint32(w[14:]), fold, factor) != 0 {
			break
		}
	}
	return i
}
