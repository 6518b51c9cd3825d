// Command asm writes the assembly of package literal: make asm. It is a module of its own, so that who builds retrohunt
// does not load what writes it.
//
// A kernel looks at the bytes b[p], b[p+1] and b[p+2] of many places p at once. For each of the three it looks up which
// buckets have that byte there, one bit for each bucket, and where a bit is left in all three it has found a candidate.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// width is how many bytes a fingerprint has.
const width = 3

func main() {
	ConstraintExpr("!purego")
	avx2("slimAVX2", 32, "eight")
	avx2("fatAVX2", 16, "sixteen")
	avx2Lines("slimAVX2Lines", 32, "eight")
	avx2Lines("fatAVX2Lines", 16, "sixteen")
	avx512("slimAVX512", 1, "eight")
	avx512("fatAVX512", 2, "sixteen")
	Generate()
}

// text is the text that is searched, and the place.
type text struct {
	base, len reg.Register
	place     reg.GPVirtual
}

func loadText() text {
	place := GP64()
	Load(Param("from"), place)
	return text{Load(Param("b").Base(), GP64()), Load(Param("b").Len(), GP64()), place}
}

// at is the byte that is some bytes behind the place.
func (t text) at(behind int) Mem { return Mem{Base: t.base, Index: t.place, Scale: 1, Disp: behind} }

// next goes on to another place.
func (t text) next(step uint8) { ADDQ(U8(step), t.place) }

// returns returns the place and what is found there.
func (t text) returns(found reg.Register) {
	VZEROUPPER()
	Store(t.place, ReturnIndex(0))
	Store(found, ReturnIndex(1))
	RET()
}
