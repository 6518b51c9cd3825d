//go:build !purego

#include "textflag.h"

DATA constants<>+0(SB)/8, $0x2222222222222222 // the quote
DATA constants<>+8(SB)/8, $0x5c5c5c5c5c5c5c5c // the backslash
DATA constants<>+16(SB)/8, $0x1f1f1f1f1f1f1f1f // the highest control character
DATA constants<>+24(SB)/8, $0x7272727272727272 // r, which may be escaped and shares its lower half with b
GLOBL constants<>(SB), RODATA|NOPTR, $32

// By the lower half of a byte: what has it of b, f, n, t and the slash, which may be escaped.
DATA escapable<>+0(SB)/8, $0xff66ff74ff62ffff
DATA escapable<>+8(SB)/8, $0x2f6effffffffffff
GLOBL escapable<>(SB), RODATA|NOPTR, $16

// BITS gathers what was found in 64 bytes, of which Y2 and Y3 say it, into a bit each.
#define BITS(INTO, WITH) \
	VPMOVMSKB Y2, INTO; \
	VPMOVMSKB Y3, WITH; \
	SHLQ      $32, WITH; \
	ORQ       WITH, INTO

// PLACE writes the place of the lowest mark and takes the mark away. Without a mark it writes what nobody reads.
#define PLACE(AT) \
	TZCNTQ AX, DX; \
	ADDL   R10, DX; \
	MOVL   DX, AT(DI); \
	BLSRQ  AX, AX

#define FOUR(AT) \
	PLACE(AT); \
	PLACE(AT+4); \
	PLACE(AT+8); \
	PLACE(AT+12)

// func closings(src *byte, blocks int, places *uint32, odd *bool, s *marking) (n int)
TEXT ·closings(SB), NOSPLIT, $0-48
	MOVQ src+0(FP), SI
	MOVQ blocks+8(FP), CX
	MOVQ places+16(FP), DI
	MOVQ odd+24(FP), R8
	MOVQ s+32(FP), R9
	MOVQ 0(R9), R10  // the place of the block
	MOVQ 8(R9), R11  // 1: its first byte is escaped
	MOVQ 16(R9), R12 // all ones: its first byte is within a string
	MOVQ 24(R9), R13 // what only scanString can judge

	VPBROADCASTQ constants<>+0(SB), Y14
	VPBROADCASTQ constants<>+8(SB), Y13
	VPBROADCASTQ constants<>+16(SB), Y12
	VPCMPEQB     Y9, Y9, Y9

next:
	VMOVDQU  (SI), Y0
	VMOVDQU  32(SI), Y1
	VPCMPEQB Y14, Y0, Y2
	VPCMPEQB Y14, Y1, Y3
	BITS(AX, BX)
	VPCMPEQB Y13, Y0, Y2
	VPCMPEQB Y13, Y1, Y3
	BITS(DX, BX)

	VPOR      Y0, Y1, Y2
	VPMOVMSKB Y2, BX
	ORQ       DX, BX
	SETNE     (R8)
	INCQ      R8

	MOVQ DX, BX
	ORQ  R11, BX
	JNZ  escapes

strings:
	// What stands behind an odd number of quotes is within a string: from the opening quote, with it, to the closing one.
	VMOVQ      AX, X2
	VPCLMULQDQ $0, X9, X2, X2
	VMOVQ      X2, BX
	XORQ       R12, BX
	MOVQ       BX, R12
	SARQ       $63, R12

	VPMAXUB  Y12, Y0, Y2
	VPMAXUB  Y12, Y1, Y3
	VPCMPEQB Y12, Y2, Y2
	VPCMPEQB Y12, Y3, Y3
	BITS(DX, R14)
	ANDQ     BX, DX
	ORQ      DX, R13

	ANDNQ   AX, BX, AX
	POPCNTQ AX, BX
	FOUR(0)
	CMPQ    BX, $4
	JLE     placed
	FOUR(16)
	CMPQ    BX, $8
	JLE     placed
	FOUR(32)
	FOUR(48)
	FOUR(64)
	FOUR(80)
	FOUR(96)
	FOUR(112)

placed:
	LEAQ (DI)(BX*4), DI
	ADDQ $64, SI
	ADDQ $64, R10
	DECQ CX
	JNZ  next

	VZEROUPPER
	MOVQ R10, 0(R9)
	MOVQ R11, 8(R9)
	MOVQ R12, 16(R9)
	MOVQ R13, 24(R9)
	SUBQ places+16(FP), DI
	SHRQ $2, DI
	MOVQ DI, n+40(FP)
	RET

escapes:
	// BX becomes which bytes are escaped, R14 has the backslashes that may escape one.
	MOVQ  R11, BX
	XORL  R11, R11
	ANDNQ DX, BX, R14
	JMP   pairs

pair:
	BLSIQ R14, R15
	ANDNQ R14, R15, R14
	ADDQ  R15, R15
	ADCQ  $0, R11
	ORQ   R15, BX
	ANDNQ R14, R15, R14

pairs:
	TESTQ R14, R14
	JNZ   pair

	// Quotes and backslashes may be escaped; what else there is, the table knows.
	MOVQ  AX, R14
	ORQ   DX, R14
	ANDNQ BX, R14, R14
	JZ    escaped
	VBROADCASTI128 escapable<>(SB), Y4
	VPBROADCASTQ   constants<>+24(SB), Y5
	VPSHUFB        Y0, Y4, Y2
	VPSHUFB        Y1, Y4, Y3
	VPCMPEQB       Y0, Y2, Y2
	VPCMPEQB       Y1, Y3, Y3
	VPCMPEQB       Y0, Y5, Y6
	VPCMPEQB       Y1, Y5, Y7
	VPOR           Y6, Y2, Y2
	VPOR           Y7, Y3, Y3
	BITS(DX, R15)
	ANDNQ          R14, DX, DX
	ORQ            DX, R13

escaped:
	ANDNQ AX, BX, AX
	JMP   strings
