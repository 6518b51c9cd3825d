//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// What the registers hold throughout: AX the next entry, BX the bit buffer and DX its count, SI the place in the input and
// R10 the last where the loop goes on, DI the place in the window and R11 the last, R12 the first byte that a match may
// reach, R8 and R9 the tables. CX, R13, R14 and R15 are free.

// REFILL leaves at least 56 bits in the bit buffer, and the entry lost.
#define REFILL \
	MOVQ  (SI), AX   \
	SHLXQ DX, AX, AX \
	ORQ   AX, BX     \
	MOVL  DX, CX     \
	SHRL  $3, CX     \
	ANDL  $7, CX     \
	ADDQ  $7, SI     \
	SUBQ  CX, SI     \
	ORQ   $56, DX

// LOOKUP finds the next entry.
#define LOOKUP \
	MOVL BX, CX            \
	ANDL $const_litlenMask, CX \
	MOVL (R8)(CX*4), AX

// DROP consumes the bits of the entry. Of the count only the low six bits matter.
#define DROP \
	SHRXQ AX, BX, BX \
	SUBQ  AX, DX

// LITERALS puts out the one or two literals of the entry, which is not needed any more: its highest byte is 128 and how
// many they are.
#define LITERALS \
	MOVL AX, R13           \
	SHRL $8, R13           \
	MOVW R13, (DI)         \
	SHRL $24, AX           \
	LEAQ -128(DI)(AX*1), DI

// COPY64 copies 64 bytes, from a place that is 16 bytes back or more.
#define COPY64 \
	MOVOU (R15), X0   \
	MOVOU X0, (DI)    \
	MOVOU 16(R15), X1 \
	MOVOU X1, 16(DI)  \
	MOVOU 32(R15), X2 \
	MOVOU X2, 32(DI)  \
	MOVOU 48(R15), X3 \
	MOVOU X3, 48(DI)

// func fastBMI2(r *Reader, c *codes) outcome
TEXT ·fastBMI2(SB), NOSPLIT, $0-24
	MOVQ r+0(FP), CX
	MOVQ c+8(FP), R8
	LEAQ codes_dist(R8), R9
	ADDQ $codes_litlen, R8
	MOVQ Reader_bits(CX), BX
	MOVQ Reader_count(CX), DX
	LEAQ Reader_in(CX), SI
	MOVQ SI, R10
	ADDQ Reader_ip(CX), SI
	ADDQ Reader_end(CX), R10
	SUBQ $const_inputMargin, R10
	MOVQ Reader_out(CX), DI
	LEAQ const_lastStart(DI), R11
	MOVQ DI, R12
	ADDQ Reader_start(CX), R12
	ADDQ Reader_op(CX), DI
	CMPQ SI, R10
	JGT  margin
	CMPQ DI, R11
	JHI  margin
	JMP  next

	PCALIGN $32
loop:
	// Up to four entries of literals, 11 bits each at most.
	TESTL AX, AX
	JPL   match
	DROP
	LITERALS
	LOOKUP
	TESTL AX, AX
	JPL   match
	DROP
	LITERALS
	LOOKUP
	TESTL AX, AX
	JPL   match
	DROP
	LITERALS
	LOOKUP
	TESTL AX, AX
	JPL   match

literals:
	DROP
	LITERALS

next:
	REFILL
	LOOKUP

check:
	CMPQ SI, R10
	JGT  margin
	CMPQ DI, R11
	JLS  loop
	JMP  margin

	PCALIGN $32
match:
	// At most 33 bits are used, and 20 are needed.
	TESTL $const_entrySpecial, AX
	JNZ   special

length:
	MOVL  AX, R13
	SHRL  $8, R13
	MOVB  R13, (DI)
	MOVL  AX, CX
	SHRL  $const_entryBefore, CX
	ADDQ  CX, DI
	BZHIQ AX, BX, R13
	MOVL  AX, CX
	SHRL  $const_entryLengthShift, CX
	SHRXL CX, R13, R13
	MOVL  AX, CX
	SHRL  $16, CX
	ANDL  $511, CX
	ADDL  CX, R13
	DROP
	CMPB  DX, $28
	JCS   refill

distance:
	MOVL  BX, CX
	ANDL  $const_distMask, CX
	MOVL  (R9)(CX*4), AX
	TESTL AX, AX
	JMI   longDistance

distanceBits:
	BZHIQ AX, BX, R14
	MOVL  AX, CX
	SHRL  $const_entryDistShift, CX
	SHRXL CX, R14, R14
	DROP
	SHRL  $16, AX
	ADDL  AX, R14
	MOVQ  DI, R15
	SUBQ  R14, R15
	CMPQ  R15, R12
	JCS   badDistance

	// R13 bytes from R15 on, which is R14 back. The next entry is looked up first, for the copy's branches cannot be foreseen.
	REFILL
	LOOKUP
	CMPL R14, $16
	JCS  near
	COPY64
	CMPL R13, $64
	JHI  long
	ADDQ R13, DI
	CMPQ SI, R10
	JGT  margin
	CMPQ DI, R11
	JLS  loop
	JMP  margin

long:
	ADDQ DI, R13

longer:
	// R13 is the end of the match.
	ADDQ $64, R15
	ADDQ $64, DI
	COPY64
	LEAQ 64(DI), CX
	CMPQ CX, R13
	JCS  longer
	MOVQ R13, DI
	JMP  check

near:
	// The bytes overlap what they are copied to: a piece must not be longer than the distance. Of eight bytes the first R14
	// are right. Behind them the same bytes stand twice, so the distance may double.
	ADDQ DI, R13

double:
	CMPL R14, $8
	JCC  eight
	MOVQ (R15), CX
	MOVQ CX, (DI)
	ADDQ R14, DI
	ADDQ R14, R14
	JMP  double

eight:
	CMPQ DI, R13
	JCC  eightDone
	MOVQ (R15), CX
	MOVQ CX, (DI)
	ADDQ $8, R15
	ADDQ $8, DI
	JMP  eight

eightDone:
	MOVQ R13, DI
	JMP  check

refill:
	REFILL
	JMP distance

special:
	TESTL $(const_entryEnd|const_entryNothing), AX
	JNZ   last
	SHRQ  $const_litlenBits, BX
	SUBQ  $const_litlenBits, DX
	MOVL  AX, CX
	SHRL  $8, CX
	BZHIL CX, BX, R13
	SHRL  $16, AX
	ANDL  $(const_litlenSize-1), AX
	ADDL  R13, AX
	MOVL  (R8)(AX*4), AX
	TESTL AX, AX
	JMI   literals
	TESTL $const_entrySpecial, AX
	JZ    length

last:
	TESTL $const_entryNothing, AX
	JNZ   nothing
	DROP
	MOVQ  $const_blockEnded, AX
	JMP   done

longDistance:
	TESTL $const_entryNothing, AX
	JNZ   nothing
	SHRQ  $const_distBits, BX
	SUBQ  $const_distBits, DX
	MOVL  AX, CX
	SHRL  $8, CX
	BZHIL CX, BX, R14
	SHRL  $16, AX
	ANDL  $(const_distSize-1), AX
	ADDL  R14, AX
	MOVL  (R9)(AX*4), AX
	TESTL AX, AX
	JPL   distanceBits

nothing:
	MOVQ $const_badSymbol, AX
	JMP  done

badDistance:
	MOVQ $const_badDistance, AX
	JMP  done

margin:
	MOVQ $const_marginReached, AX

done:
	MOVQ AX, ret+16(FP)
	MOVQ r+0(FP), CX
	MOVQ BX, Reader_bits(CX)
	MOVQ DX, Reader_count(CX)
	LEAQ Reader_in(CX), AX
	SUBQ AX, SI
	MOVQ SI, Reader_ip(CX)
	MOVQ Reader_out(CX), AX
	SUBQ AX, DI
	MOVQ DI, Reader_op(CX)
	RET
