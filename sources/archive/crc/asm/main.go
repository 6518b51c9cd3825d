// Command asm writes the assembly of package crc: make asm. It is a module of its own, so that who builds retrohunt does not load
// what writes it.
//
// The checksum of bytes is what is left of them, taken as a polynomial of bits, when it is divided by another. So 16 bytes may be
// replaced by what they leave some bytes further on: each half times a constant, which is a power of x divided likewise. The loop does
// that to 128 bytes at once, and adds the next 128. In the end 16 bytes are left, and these are divided.
package main

import (
	"math/bits"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	vector  = 32 // bytes
	vectors = 4  // at once
	step    = vectors * vector
)

func main() {
	ConstraintExpr("!purego")
	fold()
	cpuid()
	Generate()
}

// fold writes the loop and its end.
func fold() {
	far := constants("far", forward(step))
	next := constants("next", forward(vector))
	half := constants("half", forward(vector/2))
	shorter := constants("shorter", [2]uint64{power(64), 0})
	division := constants("division", [2]uint64{divisor(), quotient()})

	TEXT("foldAVX2", NOSPLIT, "func(state uint32, p []byte) uint32")
	Doc("foldAVX2 returns the checksum up to the end of p, where state is that up to its beginning; both are inverted. The length of p is",
		"a multiple of 128, and not zero. It needs AVX2 and VPCLMULQDQ.")
	Pragma("noescape")
	p, left := Load(Param("p").Base(), GP64()), Load(Param("p").Len(), GP64())
	state := Load(Param("state"), GP32())
	first, k := YMM(), YMM()
	VMOVD(state, first.AsX())
	sums := [vectors]reg.VecVirtual{first}
	VPXOR(Mem{Base: p}, first, first)
	for i := 1; i < vectors; i++ {
		sums[i] = YMM()
		VMOVDQU(Mem{Base: p, Disp: i * vector}, sums[i])
	}
	VBROADCASTI128(far, k)
	JMP(LabelRef("check"))

	Label("loop")
	for i, sum := range sums {
		move(sum, k, Mem{Base: p, Disp: i * vector}, YMM())
	}
	Label("check")
	ADDQ(U32(step), p)
	SUBQ(U32(step), left)
	JNZ(LabelRef("loop"))

	VBROADCASTI128(next, k)
	for i := range vectors - 1 {
		move(sums[i], k, sums[i+1], YMM())
		sums[i+1] = sums[i]
	}
	low, high := sums[vectors-1].AsX(), XMM()
	VEXTRACTI128(U8(1), sums[vectors-1], high)
	VMOVDQU(half, k.AsX())
	move(low, k.AsX(), high, XMM())
	divide(low, k.AsX(), shorter, division, state)
	VZEROUPPER()
	Store(state, ReturnIndex(0))
	RET()
}

// move replaces sum by what it leaves in the place of other, and adds other. The product is a register that is free.
func move(sum, k, other, product Op) {
	VPCLMULQDQ(U8(0x00), k, sum, product)
	VPCLMULQDQ(U8(0x11), k, sum, sum)
	VPXOR(other, product, product)
	VPXOR(product, sum, sum)
}

// divide makes 16 bytes shorter by 4 and by 4 again, and puts what the division of the other 8 leaves into state. Half is what
// moves a half of 16 bytes. Instead of dividing it multiplies by a quotient and by the divisor (Barrett).
func divide(sum, half reg.Register, shorter, division Mem, state reg.Register) {
	rest, mask, k := XMM(), XMM(), XMM()
	VPCMPEQB(mask, mask, mask)
	VPSRLQ(U8(32), mask, mask)
	VPCLMULQDQ(U8(0x10), half, sum, rest)
	VPSRLDQ(U8(8), sum, sum)
	VPXOR(rest, sum, sum)

	VMOVDQU(shorter, k)
	VPSRLDQ(U8(4), sum, rest)
	VPAND(mask, sum, sum)
	VPCLMULQDQ(U8(0x00), k, sum, sum)
	VPXOR(rest, sum, sum)

	VMOVDQU(division, k)
	VPAND(mask, sum, rest)
	VPCLMULQDQ(U8(0x10), k, rest, rest)
	VPAND(mask, rest, rest)
	VPCLMULQDQ(U8(0x00), k, rest, rest)
	VPXOR(rest, sum, sum)
	VPEXTRD(U8(1), sum, state)
}

func constants(name string, halves [2]uint64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	DATA(0, U64(halves[0]))
	DATA(8, U64(halves[1]))
	return m
}

// forward is what the two halves of 16 bytes are multiplied by to be moved some bytes forward. In a register the first byte is the
// lowest, and in a byte the bit of the highest power is: so the low half is further from its new place, by 64 bits.
func forward(distance int) [2]uint64 {
	return [2]uint64{power(8*distance + 32), power(8*distance - 32)}
}

const polynomial = 1<<32 | 0x04c11db7

// power is what a power of x leaves, in the registers' order of bits: a product of two such is one bit lower than its place, hence one
// higher.
func power(n int) uint64 {
	rest, _ := divided(n)
	return bits.Reverse64(rest) >> 32 << 1
}

// divisor and quotient are the polynomial, and how often it is in x to the 64, in the registers' order of bits.
func divisor() uint64 { return bits.Reverse64(polynomial) >> 31 }

func quotient() uint64 {
	_, times := divided(64)
	return bits.Reverse64(times) >> 31
}

// divided divides a power of x by the polynomial. Of how often it is in there are the lowest 64 bits.
func divided(n int) (rest, times uint64) {
	rest = 1
	for range n {
		rest <<= 1
		carry := rest >> 32
		rest ^= carry * polynomial
		times = times<<1 | carry
	}
	return rest, times
}

// cpuid writes what asks the processor for itself.
func cpuid() {
	TEXT("cpuid", NOSPLIT, "func(leaf, subleaf uint32) (eax, ebx, ecx, edx uint32)")
	Doc("cpuid returns what the processor says of itself.")
	Load(Param("leaf"), reg.EAX)
	Load(Param("subleaf"), reg.ECX)
	CPUID()
	Store(reg.EAX, Return("eax"))
	Store(reg.EBX, Return("ebx"))
	Store(reg.ECX, Return("ecx"))
	Store(reg.EDX, Return("edx"))
	RET()
}
