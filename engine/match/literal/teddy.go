package literal

import (
	"math"
	"math/bits"
)

// Vectors are what a processor computes with many bytes at once.
type Vectors int

// What Teddy is written for, each more than the one before.
const (
	None Vectors = iota
	AVX2
	AVX512 // with VBMI
)

func (v Vectors) String() string { return [...]string{"portable", "AVX2", "AVX-512"}[v] }

// slimLiterals is how many literals eight buckets are enough for.
const slimLiterals = 16

// Teddy looks for some dozen literals at once, with vectors. Of each it knows three bytes, those that are rarest in logs, and
// puts it into one of 8 or 16 buckets. Tables say for each of the three which buckets have a byte there, one bit for
// a bucket. Where a bucket has all three, its literals are looked for.
type Teddy struct {
	vectors Vectors
	fat     bool                // 16 buckets
	exact   [2][width][128]byte // by half of the buckets, place, and the lower seven bits of a byte
	nibbles [width][2][32]byte  // by place, lower or upper four bits, which half of the buckets, and these bits
	rows    [width][256]uint16  // by place and byte
	ended   [width]uint16       // by place, the buckets with a literal that has ended there
	buckets [16][]exactly
	reach   int // the largest offset of a fingerprint in its literal
	likely  float64
}

// NewTeddy compiles literals, none of which is empty, for vectors that the processor has.
func NewTeddy(list []Literal, vectors Vectors) *Teddy {
	t := &Teddy{vectors: vectors, fat: len(list) > slimLiterals}
	n := 8
	if t.fat {
		n = 16
	}
	for i, b := range buckets(list, n, vectors == AVX2) {
		t.likely += b.likely
		t.put(i, b)
	}
	return t
}

func (t *Teddy) put(i int, b bucket) {
	t.buckets[i] = b.literals
	for _, a := range b.literals {
		t.reach = max(t.reach, a.offset)
		for k := len(a.literal.Text); k < width; k++ {
			t.ended[k] |= 1 << i
		}
	}
	half, bit := i>>3, byte(1)<<(i&7)
	lanes := []int{16 * half}
	if !t.fat {
		lanes = []int{0, 16}
	}
	for k, set := range b.fingerprint {
		set.each(func(c byte) {
			t.rows[k][c] |= 1 << i
			t.exact[half][k][c&127] |= bit
			for _, lane := range lanes {
				t.nibbles[k][0][lane+int(c&15)] |= bit
				t.nibbles[k][1][lane+int(c>>4)] |= bit
			}
		})
	}
}

// Candidates estimates the part of the places in logs where it must look closer, from how frequent bytes are.
func (t *Teddy) Candidates() float64 { return t.likely }

// Index returns where the first of the literals begins in b, or -1.
func (t *Teddy) Index(b []byte) int { return t.index(b, nil) }

// IndexLines is Index, and puts into ends the places of the first newlines of b, in order: of as many as it met on its way and ends had
// room for, which may be some behind the literal, and may be none. noted is how many.
func (t *Teddy) IndexLines(b []byte, ends []int32) (at, noted int) {
	l := lineEnds{free: ends}
	if len(b) > math.MaxInt32 {
		l.free = nil
	}
	at = t.index(b, &l)
	return at, l.noted
}

// lineEnds is where a search notes places of newlines.
type lineEnds struct {
	free  []int32
	noted int
}

func (t *Teddy) index(b []byte, ends *lineEnds) int {
	first, text := -1, b
	for from := 0; from < len(text); {
		at, found := t.candidates(text, from, ends)
		for ; found != 0; found &= found - 1 {
			start := t.startAround(b, at+bits.TrailingZeros64(found))
			if start < 0 || first >= 0 && first <= start {
				continue
			}
			// What begins before has its fingerprint no farther than that.
			first, text = start, b[:min(len(b), start+t.reach+width)]
		}
		from = at + t.step()
	}
	return first
}

// everyPlace takes 64 places for candidates, or what is left of b: without vectors Teddy is right, and slow.
func everyPlace(b []byte, from int) (at int, found uint64) {
	return from, math.MaxUint64 >> max(0, 64-(len(b)-from))
}

// startAround returns where the first literal begins whose fingerprint stands in b at a place, or -1.
func (t *Teddy) startAround(b []byte, at int) int {
	of := ^uint16(0)
	for k := range width {
		if at+k < len(b) {
			of &= t.rows[k][b[at+k]]
		} else {
			of &= t.ended[k]
		}
	}
	first, four := -1, fourAt(b, at)
	for ; of != 0; of &= of - 1 {
		list := t.buckets[bits.TrailingZeros16(of)]
		for i := range list {
			if e := &list[i]; e.fits(four) && e.literal.standsAt(b, at-e.offset) {
				first = firstOf(first, at-e.offset)
			}
		}
	}
	return first
}
