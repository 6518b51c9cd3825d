// Command asm writes the assembly of the package literal: make asm. It is a module of its own, so that who builds retrohunt
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
	avx2("slimAVX2", 32, "eight buckets")
	avx2("fatAVX2", 16, "sixteen buckets")
	avx512("slimAVX512", 1, "eight buckets")
	avx512("fatAVX512", 2, "sixteen buckets")
	Generate()
}

// all3 is the truth table of VPTERNLOGD for x & y & z.
const all3 = 0x80

// returns stores the results and returns.
func returns(at, found reg.Register) {
	Store(at, ReturnIndex(0))
	Store(found, ReturnIndex(1))
}

// found64 puts the places into a register where a byte of x is not zero.
func found64(x reg.VecVirtual, found Op) {
	k := K()
	VPTESTMB(x, x, k)
	KMOVQ(k, found)
}

// avx512 writes a kernel of 64 places a step. Its tables are indexed by the lower seven bits of a byte.
func avx512(name string, halves int, buckets string) {
	TEXT(name, NOSPLIT, "func(t *[2][3][128]byte, b []byte, from int) (at int, found uint64)")
	Doc(name+" looks for candidates of "+buckets+" from a place on, to the end of b: the first 64 places of which one may be, or none.",
		"It needs AVX-512 VBMI and BMI2.")
	Pragma("noescape")
	t := Load(Param("t"), GP64())
	var low, high [2][width]reg.VecVirtual
	for h := range halves {
		for k := range width {
			low[h][k], high[h][k] = ZMM(), ZMM()
			row := Mem{Base: t, Disp: (h*width + k) * 128}
			VMOVDQU64(row, low[h][k])
			VMOVDQU64(row.Offset(64), high[h][k])
		}
	}
	base := Load(Param("b").Base(), GP64())
	n := Load(Param("b").Len(), GP64())
	i := Load(Param("from"), GP64())
	found := GP64()

	// candidates looks 64 places up, whose three bytes load brings.
	candidates := func(load func(k int, into reg.VecVirtual)) reg.VecVirtual {
		var sum reg.VecVirtual
		for h := range halves {
			var x [width]reg.VecVirtual
			for k := range width {
				x[k] = ZMM()
				load(k, x[k])
				VPERMI2B(high[h][k], low[h][k], x[k])
			}
			VPTERNLOGD(U8(all3), x[2], x[1], x[0])
			if h == 0 {
				sum = x[0]
			} else {
				VPORQ(x[0], sum, sum)
			}
		}
		return sum
	}
	whole := func(disp int) func(int, reg.VecVirtual) {
		return func(k int, into reg.VecVirtual) {
			VMOVDQU8(Mem{Base: base, Index: i, Scale: 1, Disp: disp + k}, into)
		}
	}

	last := GP64()
	Comment("Two steps at once, while both and the two bytes behind them are there.")
	LEAQ(Mem{Base: n, Disp: -(128 + width - 1)}, last)
	CMPQ(i, last)
	JG(LabelRef("rest"))
	Label("both")
	x := candidates(whole(0))
	y := candidates(whole(64))
	either := ZMM()
	VPORQ(x, y, either)
	k := K()
	VPTESTMB(either, either, k)
	KORTESTQ(k, k)
	JNZ(LabelRef("inBoth"))
	ADDQ(U8(128), i)
	CMPQ(i, last)
	JLE(LabelRef("both"))

	Label("rest")
	left := GP64()
	MOVQ(n, left)
	SUBQ(i, left)
	JLE(LabelRef("none"))
	CMPQ(left, U8(64+width-1))
	JL(LabelRef("end"))
	found64(candidates(whole(0)), found)
	TESTQ(found, found)
	JNZ(LabelRef("done"))
	ADDQ(U8(64), i)
	JMP(LabelRef("rest"))

	Comment("Less than a step: bytes behind the end are not loaded, and are zero.")
	Label("end")
	ones, valid := GP64(), GP64()
	MOVQ(I32(-1), ones)
	BZHIQ(left, ones, valid)
	var masks [width]reg.OpmaskVirtual
	mask := GP64()
	masks[0], masks[1], masks[2] = K(), K(), K()
	KMOVQ(valid, masks[0])
	DECQ(left)
	BZHIQ(left, ones, mask)
	KMOVQ(mask, masks[1])
	SHRQ(U8(1), mask)
	KMOVQ(mask, masks[2])
	found64(candidates(func(k int, into reg.VecVirtual) {
		VMOVDQU8_Z(Mem{Base: base, Index: i, Scale: 1, Disp: k}, masks[k], into)
	}), found)
	ANDQ(valid, found)
	JNZ(LabelRef("done"))
	ADDQ(U8(64), i)
	JMP(LabelRef("rest"))

	Label("none")
	XORQ(found, found)
	MOVQ(n, i)
	JMP(LabelRef("done"))
	Label("inBoth")
	found64(x, found)
	TESTQ(found, found)
	JNZ(LabelRef("done"))
	found64(y, found)
	ADDQ(U8(64), i)
	Label("done")
	VZEROUPPER()
	returns(i, found)
	RET()
}

// avx2 writes a kernel of 32 places a step. Its tables are indexed by half a byte. With eight buckets a vector holds 32 places,
// with sixteen it holds 16 places twice, and the upper half of the tables is of the upper eight buckets.
func avx2(name string, places int, buckets string) {
	TEXT(name, NOSPLIT, "func(t *[3][2][32]byte, b []byte, from int) (at int, found uint64)")
	Doc(name+" looks for candidates of "+buckets+" from a place on: the first 32 places of which one may be, or where less than 34 bytes are",
		"left. It needs AVX2.")
	Pragma("noescape")
	t := Load(Param("t"), GP64())
	var low, high [width]reg.VecVirtual
	for k := range width {
		low[k], high[k] = YMM(), YMM()
		row := Mem{Base: t, Disp: k * 64}
		VMOVDQU(row, low[k])
		VMOVDQU(row.Offset(32), high[k])
	}
	base := Load(Param("b").Base(), GP64())
	n := Load(Param("b").Len(), GP64())
	i := Load(Param("from"), GP64())
	found, f := GP64(), GP32()

	nibble, zero := YMM(), YMM()
	MOVL(U32(0x0f), f)
	VMOVD(f, nibble.AsX())
	VPBROADCASTB(nibble.AsX(), nibble)
	VPXOR(zero, zero, zero)

	candidates := func(disp int) reg.VecVirtual {
		var sum reg.VecVirtual
		for k := range width {
			lo, hi := YMM(), YMM()
			at := Mem{Base: base, Index: i, Scale: 1, Disp: disp + k}
			if places == 32 {
				VMOVDQU(at, lo)
			} else {
				VBROADCASTI128(at, lo)
			}
			VPSRLW(U8(4), lo, hi)
			VPAND(nibble, lo, lo)
			VPAND(nibble, hi, hi)
			VPSHUFB(lo, low[k], lo)
			VPSHUFB(hi, high[k], hi)
			VPAND(lo, hi, hi)
			if k == 0 {
				sum = hi
			} else {
				VPAND(hi, sum, sum)
			}
		}
		return sum
	}
	// missing puts the bytes of x that are zero into a register.
	missing := func(x reg.VecVirtual, into Op) {
		VPCMPEQB(zero, x, x)
		VPMOVMSKB(x, into)
	}
	last := GP64()

	var parts []reg.VecVirtual
	step := func() reg.VecVirtual {
		parts = nil
		for disp := 0; disp < 32; disp += places {
			parts = append(parts, candidates(disp))
		}
		if len(parts) == 1 {
			return parts[0]
		}
		either := YMM()
		VPOR(parts[0], parts[1], either)
		return either
	}
	LEAQ(Mem{Base: n, Disp: -(32 + width - 1)}, last)
	XORQ(found, found)
	CMPQ(i, last)
	JG(LabelRef("done"))
	Label("next")
	either := step()
	VPTEST(either, either)
	JNZ(LabelRef("hit"))
	ADDQ(U8(32), i)
	CMPQ(i, last)
	JLE(LabelRef("next"))
	JMP(LabelRef("done"))

	Label("hit")
	missing(parts[0], found.As32())
	if places == 16 {
		Comment("A place is in both halves of its vector.")
		other := GP32()
		missing(parts[1], other)
		a := GP32()
		MOVL(found.As32(), a)
		SHRL(U8(16), a)
		ANDL(a, found.As32())
		MOVL(other, a)
		SHLL(U8(16), a)
		ANDL(a, other)
		ANDL(U32(0xffff0000), other)
		ANDL(U32(0x0000ffff), found.As32())
		ORL(other, found.As32())
	}
	NOTL(found.As32())
	Label("done")
	VZEROUPPER()
	returns(i, found)
	RET()
}
