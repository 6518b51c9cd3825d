package literal

import (
	"encoding/binary"
	"math"
)

// Grams looks for any number of literals. Each has an anchor, a stretch as long as the shortest of them; the text is sampled
// at such a distance that one gram, some bytes of the anchor, is sure to be sampled where the literal stands. A table of bits
// says by their hash which grams there are, mostly no sampled one; a list, which literals may stand around a gram.
type Grams struct {
	stride int
	mask   uint32 // the bytes of a gram
	fold   uint32 // the bit that makes capital letters small, if any literal is in any case: what else it changes is sorted out later
	bits   [1 << (gramBits - 6)]uint64
	lists  []int32 // by the hash of a gram, its first entry, or -1
	shift  int     // of the hash, for lists
	grams  []gram
	reach  int // the largest offset of a gram in its literal
}

// gram is some bytes of a literal, and the next gram in its list.
type gram struct {
	anchored
	bytes uint32
	next  int32
}

const (
	// ShortestGram is how many bytes a literal must have for Grams.
	ShortestGram = 4
	longestShort = ShortestGram - 1

	gramBits  = 18
	maxStride = 8
	// fewGrams is how many grams of three bytes are rare enough in logs.
	fewGrams = 200
)

// NewGrams compiles literals, none of which is shorter than ShortestGram.
func NewGrams(list []Literal) *Grams {
	shortest := maxStride + 2
	g := &Grams{mask: math.MaxUint32}
	for _, l := range list {
		shortest = min(shortest, len(l.Text))
		if l.Fold {
			g.fold = 0x20202020
		}
	}
	length := 4
	if len(list)*(shortest-2) <= fewGrams {
		length, g.mask = 3, math.MaxUint32>>8
	}
	g.stride = shortest - length + 1
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
		start, _ := l.rarest(shortest)
		for offset := start; offset < start+g.stride; offset++ {
			g.put(anchored{l, offset}, length)
		}
	}
	return g
}

func (g *Grams) put(a anchored, length int) {
	var four [4]byte
	copy(four[:length], a.literal.Text[a.offset:])
	x := g.normal(binary.LittleEndian.Uint32(four[:]))
	h := hash(x)
	g.bits[h>>(32-gramBits)>>6] |= 1 << (h >> (32 - gramBits) & 63)
	list := &g.lists[h>>g.shift]
	g.grams = append(g.grams, gram{a, x, *list})
	*list = int32(len(g.grams) - 1)
	g.reach = max(g.reach, a.offset)
}

// normal is a gram as it is hashed.
func (g *Grams) normal(x uint32) uint32 { return (x | g.fold) & g.mask }

func hash(x uint32) uint32 { return x * 0x9e3779b1 }

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
	x := g.normal(last4(b, at))
	first := -1
	for i := g.lists[hash(x)>>g.shift]; i >= 0; i = g.grams[i].next {
		if e := &g.grams[i]; e.bytes == x && e.literal.standsAt(b, at-e.offset) {
			first = firstOf(first, at-e.offset)
		}
	}
	return first
}

// last4 is the four bytes of b at a place, zero where b ends before.
func last4(b []byte, at int) uint32 {
	if at+4 <= len(b) {
		return binary.LittleEndian.Uint32(b[at:])
	}
	var four [4]byte
	copy(four[:], b[at:])
	return binary.LittleEndian.Uint32(four[:])
}

// candidate returns the first place of a gram, of those sampled from one on, or -1.
func (g *Grams) candidate(b []byte, i int) int {
	stride, fold, mask := g.stride, g.fold, g.mask
	for ; i+3*stride+4 <= len(b); i += 4 * stride {
		h0 := hash((binary.LittleEndian.Uint32(b[i:])|fold)&mask) >> (32 - gramBits)
		h1 := hash((binary.LittleEndian.Uint32(b[i+stride:])|fold)&mask) >> (32 - gramBits)
		h2 := hash((binary.LittleEndian.Uint32(b[i+2*stride:])|fold)&mask) >> (32 - gramBits)
		h3 := hash((binary.LittleEndian.Uint32(b[i+3*stride:])|fold)&mask) >> (32 - gramBits)
		switch {
		case g.bits[h0>>6]&(1<<(h0&63)) != 0:
			return i
		case g.bits[h1>>6]&(1<<(h1&63)) != 0:
			return i + stride
		case g.bits[h2>>6]&(1<<(h2&63)) != 0:
			return i + 2*stride
		case g.bits[h3>>6]&(1<<(h3&63)) != 0:
			return i + 3*stride
		}
	}
	for ; i < len(b); i += stride {
		h := hash(g.normal(last4(b, i))) >> (32 - gramBits)
		if g.bits[h>>6]&(1<<(h&63)) != 0 {
			return i
		}
	}
	return -1
}
