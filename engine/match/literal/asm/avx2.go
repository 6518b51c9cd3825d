package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// narrow is a kernel in the making whose tables are indexed by half a byte. With eight buckets a vector holds 32 places; with
// sixteen it holds 16 places twice, and the upper halves of the tables are of the upper eight buckets.
type narrow struct {
	text
	places       int // in a vector
	low, high    [width]reg.VecVirtual
	nibble, zero reg.VecVirtual
}

// avx2 writes a kernel of 32 places a step.
func avx2(name string, places int, buckets string) {
	TEXT(name, NOSPLIT, "func(t *[3][2][32]byte, b []byte, from int) (at int, found uint64)")
	Doc(name+" looks for candidates of "+buckets+" buckets from a place on, and returns the first 32 places of which one may be, or where",
		"less than 34 bytes are left. It needs AVX2.")
	Pragma("noescape")
	k := narrow{places: places}
	k.load()
	found, last := k.begin()

	Label("next")
	any, vectors := k.step()
	VPTEST(any, any)
	JNZ(LabelRef("hit"))
	k.again(last)

	Label("hit")
	k.gather(vectors, found.As32())
	Label("done")
	k.returns(found)
}

// avx2Lines writes a kernel that notes on its way where lines end.
func avx2Lines(name string, places int, buckets string) {
	TEXT(name, NOSPLIT, "func(t *[3][2][32]byte, b []byte, from int, ends []int32) (at int, found uint64, noted int)")
	Doc(name+" is "+name[:len(name)-len("Lines")]+", and puts into ends the places of newlines, of all before at and of those of the places that it has found.",
		"It stops early, with nothing found, where ends may have no room for the newlines of 32 places more; it begins with as much.",
		"It needs AVX2 and BMI1.")
	Pragma("noescape")
	k := narrow{places: places}
	k.load()
	ends, most, noted := Load(Param("ends").Base(), GP64()), Load(Param("ends").Len(), GP64()), GP64()
	SUBQ(U8(32), most)
	XORQ(noted, noted)
	newline := k.all('\n')
	found, last := k.begin()

	Label("next")
	any, vectors := k.step()
	newlines, either := YMM(), YMM()
	VPCMPEQB(k.at(0), newline, newlines)
	VPOR(any, newlines, either)
	VPTEST(either, either)
	JNZ(LabelRef("hit"))
	Label("on")
	k.again(last)

	Label("hit")
	bits, end := GP32(), GP32()
	VPMOVMSKB(newlines, bits)
	TESTL(bits, bits)
	JZ(LabelRef("candidate"))
	Label("note")
	TZCNTL(bits, end)
	ADDL(k.place.As32(), end)
	MOVL(end, Mem{Base: ends, Index: noted, Scale: 4})
	INCQ(noted)
	BLSRL(bits, bits)
	JNZ(LabelRef("note"))
	VPTEST(any, any)
	JNZ(LabelRef("candidate"))
	CMPQ(noted, most)
	JLE(LabelRef("on"))
	k.next(32)
	JMP(LabelRef("done"))

	Label("candidate")
	k.gather(vectors, found.As32())
	Label("done")
	Store(noted, ReturnIndex(2))
	k.returns(found)
}

// begin goes to the end if there is not enough text for a step. last is the last place of which there is.
func (k *narrow) begin() (found, last reg.GPVirtual) {
	found, last = GP64(), GP64()
	XORQ(found, found)
	LEAQ(Mem{Base: k.len, Disp: -(32 + width - 1)}, last)
	CMPQ(k.place, last)
	JG(LabelRef("done"))
	return found, last
}

// again goes on to the next step, up to the last.
func (k *narrow) again(last reg.GPVirtual) {
	k.next(32)
	CMPQ(k.place, last)
	JLE(LabelRef("next"))
	JMP(LabelRef("done"))
}

func (k *narrow) load() {
	t := Load(Param("t"), GP64())
	for i := range width {
		k.low[i], k.high[i] = YMM(), YMM()
		VMOVDQU(Mem{Base: t, Disp: i * 64}, k.low[i])
		VMOVDQU(Mem{Base: t, Disp: i*64 + 32}, k.high[i])
	}
	k.text = loadText()
	k.nibble, k.zero = k.all(0x0f), YMM()
	VPXOR(k.zero, k.zero, k.zero)
}

// all is a vector of one byte.
func (k *narrow) all(c uint8) reg.VecVirtual {
	v, one := YMM(), GP32()
	MOVL(U32(c), one)
	VMOVD(one, v.AsX())
	VPBROADCASTB(v.AsX(), v)
	return v
}

// step looks at 32 places, in one vector or two: what any has is what is left in one of them.
func (k *narrow) step() (any reg.VecVirtual, vectors []reg.VecVirtual) {
	for behind := 0; behind < 32; behind += k.places {
		vectors = append(vectors, k.candidates(behind))
	}
	any = vectors[0]
	if len(vectors) > 1 {
		any = YMM()
		VPOR(vectors[0], vectors[1], any)
	}
	return any, vectors
}

// candidates looks up a vector of places.
func (k *narrow) candidates(behind int) (sum reg.VecVirtual) {
	for i := range width {
		low, high := YMM(), YMM()
		if k.places == 32 {
			VMOVDQU(k.at(behind+i), low)
		} else {
			VBROADCASTI128(k.at(behind+i), low)
		}
		VPSRLW(U8(4), low, high)
		VPAND(k.nibble, low, low)
		VPAND(k.nibble, high, high)
		VPSHUFB(low, k.low[i], low)
		VPSHUFB(high, k.high[i], high)
		VPAND(low, high, high)
		if i == 0 {
			sum = high
		} else {
			VPAND(high, sum, sum)
		}
	}
	return sum
}

// gather puts into found the places that have a bit left: those that are not zero, or not so in both halves.
func (k *narrow) gather(vectors []reg.VecVirtual, found reg.Register) {
	var zeros []reg.GPVirtual
	for _, v := range vectors {
		z := GP32()
		VPCMPEQB(k.zero, v, v)
		VPMOVMSKB(v, z)
		zeros = append(zeros, z)
	}
	if k.places == 32 {
		MOVL(zeros[0], found)
		NOTL(found)
		return
	}
	first, second := zeros[0], zeros[1]
	half := GP32()
	MOVL(first, half)
	SHRL(U8(16), half)
	ANDL(half, first)
	MOVL(second, half)
	SHLL(U8(16), half)
	ANDL(half, second)
	MOVL(first, found)
	ANDL(U32(0xffff), found)
	ORL(second, found)
	NOTL(found)
}
