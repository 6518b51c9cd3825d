package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// wide is a kernel in the making whose tables are indexed by the lower seven bits of a byte.
type wide struct {
	text
	halves    int // of 16 buckets
	low, high [2][width]reg.VecVirtual
}

// avx512 writes a kernel of 64 places a step.
func avx512(name string, halves int, buckets string) {
	TEXT(name, NOSPLIT, "func(t *[2][3][128]byte, b []byte, from int) (at int, found uint64)")
	Doc(name+" looks for candidates of "+buckets+" buckets from a place on to the end of b, and returns the first 64 places of which",
		"one may be, or a place behind the last byte. It needs AVX-512 VBMI and BMI2.")
	Pragma("noescape")
	k := wide{halves: halves}
	k.load()
	found := GP64()
	k.twoSteps()
	k.oneStep(found)
	k.end(found)

	Label("none")
	XORQ(found, found)
	Label("done")
	k.returns(found)
}

func (k *wide) load() {
	t := Load(Param("t"), GP64())
	for h := range k.halves {
		for i := range width {
			k.low[h][i], k.high[h][i] = ZMM(), ZMM()
			row := (h*width + i) * 128
			VMOVDQU64(Mem{Base: t, Disp: row}, k.low[h][i])
			VMOVDQU64(Mem{Base: t, Disp: row + 64}, k.high[h][i])
		}
	}
	k.text = loadText()
}

// candidates looks up 64 places, of which get loads the bytes that are i behind them.
func (k *wide) candidates(get func(i int, into reg.VecVirtual)) (sum reg.VecVirtual) {
	const all = 0x80 // the truth table of x & y & z
	for h := range k.halves {
		var x [width]reg.VecVirtual
		for i := range width {
			x[i] = ZMM()
			get(i, x[i])
			VPERMI2B(k.high[h][i], k.low[h][i], x[i])
		}
		VPTERNLOGD(U8(all), x[2], x[1], x[0])
		if h == 0 {
			sum = x[0]
		} else {
			VPORQ(x[0], sum, sum)
		}
	}
	return sum
}

// whole loads 64 bytes.
func (k *wide) whole(behind int) func(int, reg.VecVirtual) {
	return func(i int, into reg.VecVirtual) { VMOVDQU8(k.at(behind+i), into) }
}

// gather puts into found the places that have a bit left.
func gather(x reg.VecVirtual, found reg.Register) {
	bits := K()
	VPTESTMB(x, x, bits)
	KMOVQ(bits, found)
}

// twoSteps goes on by two steps at once, while both and the two bytes behind them are there.
func (k *wide) twoSteps() {
	last := GP64()
	LEAQ(Mem{Base: k.len, Disp: -(128 + width - 1)}, last)
	CMPQ(k.place, last)
	JG(LabelRef("one"))
	Label("two")
	x, y := k.candidates(k.whole(0)), k.candidates(k.whole(64))
	VPORQ(x, y, y)
	bits := K()
	VPTESTMB(y, y, bits)
	KORTESTQ(bits, bits)
	JNZ(LabelRef("one"))
	k.next(128)
	CMPQ(k.place, last)
	JLE(LabelRef("two"))
}

// oneStep goes on by a step, while it and the two bytes behind it are there.
func (k *wide) oneStep(found reg.GPVirtual) {
	Label("one")
	left := GP64()
	MOVQ(k.len, left)
	SUBQ(k.place, left)
	JLE(LabelRef("none"))
	CMPQ(left, U8(64+width-1))
	JL(LabelRef("end"))
	gather(k.candidates(k.whole(0)), found)
	TESTQ(found, found)
	JNZ(LabelRef("done"))
	k.next(64)
	JMP(LabelRef("one"))
}

// end is a step of which bytes are missing: they are not loaded, and are zero.
func (k *wide) end(found reg.GPVirtual) {
	Label("end")
	left, ones, valid, mask := GP64(), GP64(), GP64(), GP64()
	var masks [width]reg.OpmaskVirtual
	for i := range masks {
		masks[i] = K()
	}
	MOVQ(k.len, left)
	SUBQ(k.place, left)
	MOVQ(I32(-1), ones)
	BZHIQ(left, ones, valid)
	KMOVQ(valid, masks[0])
	DECQ(left)
	BZHIQ(left, ones, mask)
	KMOVQ(mask, masks[1])
	SHRQ(U8(1), mask)
	KMOVQ(mask, masks[2])
	gather(k.candidates(func(i int, into reg.VecVirtual) { VMOVDQU8_Z(k.at(i), masks[i], into) }), found)
	ANDQ(valid, found)
	JNZ(LabelRef("done"))
	k.next(64)
	JMP(LabelRef("one"))
}
