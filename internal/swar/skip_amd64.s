//go:build !purego

#include "textflag.h"

DATA marks<>+0(SB)/4, $0x22222222 // the quote
DATA marks<>+4(SB)/4, $0x5c5c5c5c // the backslash
DATA marks<>+8(SB)/4, $0x0a0a0a0a // the newline
DATA marks<>+12(SB)/4, $0x20202020 // what makes a brace of a bracket, and nothing else
DATA marks<>+16(SB)/4, $0x7b7b7b7b // the opening brace
DATA marks<>+20(SB)/4, $0x7d7d7d7d // the closing brace
GLOBL marks<>(SB), RODATA|NOPTR, $24

// EQUAL says of the 64 bytes in Y8 and Y9 which equal those of WHAT: a bit for each.
#define EQUAL(WHAT, INTO) \
	VPCMPEQB  WHAT, Y8, Y10; \
	VPCMPEQB  WHAT, Y9, Y11; \
	VPMOVMSKB Y10, INTO;     \
	VPMOVMSKB Y11, AX;       \
	SHLQ      $32, AX;       \
	ORQ       AX, INTO

// func skip(b *byte, blocks, depth int, inString, escaped uint64) (passed, depthAfter int, inStringAfter, escapedAfter uint64)
TEXT ·skip(SB), NOSPLIT, $0-72
	MOVQ         b+0(FP), SI
	MOVQ         blocks+8(FP), CX
	MOVQ         depth+16(FP), R8
	MOVQ         inString+24(FP), R9
	MOVQ         escaped+32(FP), R10
	XORL         BX, BX               // passed
	VPBROADCASTD marks<>+0(SB), Y0
	VPBROADCASTD marks<>+4(SB), Y1
	VPBROADCASTD marks<>+8(SB), Y2
	VPBROADCASTD marks<>+12(SB), Y3
	VPBROADCASTD marks<>+16(SB), Y4
	VPBROADCASTD marks<>+20(SB), Y5
	VPCMPEQB     Y6, Y6, Y6           // all ones

block:
	VMOVDQU (SI), Y8
	VMOVDQU 32(SI), Y9
	EQUAL(Y1, R11) // backslashes
	EQUAL(Y0, DI)  // quotes
	EQUAL(Y2, R12) // newlines
	XORL    R13, R13 // is the byte behind the block escaped?
	XORL    R15, R15 // what is escaped
	MOVQ    R11, DX
	ORQ     R10, DX
	JZ      strings

	// Of a row of backslashes each other one escapes. Those that begin at an odd place and are added up carry into the place behind
	// their row; there, even and odd places say which of its bytes are escaped.
	MOVQ R10, DX
	NOTQ DX
	ANDQ R11, DX                 // backslashes that are not escaped themselves by what is before the block
	LEAQ (R10)(DX*2), R15        // what follows a backslash
	MOVQ $0x5555555555555555, AX
	MOVQ AX, R14
	ORQ  R15, R14
	NOTQ R14
	ANDQ DX, R14                 // rows that begin at an odd place
	ADDQ DX, R14
	SETCS R13
	SHLQ $1, R14
	XORQ AX, R14
	ANDQ R14, R15
	MOVQ R15, AX
	NOTQ AX
	ANDQ AX, DI
	ANDQ AX, R12

strings:
	VMOVQ      DI, X10
	VPCLMULQDQ $0, X6, X10, X10
	VMOVQ      X10, DI
	XORQ       R9, DI           // within strings
	MOVQ       DI, DX
	NOTQ       DX               // outside
	ANDQ       DI, R12
	ANDQ       DX, R11
	ORQ        R12, R11
	JNZ        done

	VPOR    Y3, Y8, Y8
	VPOR    Y3, Y9, Y9
	EQUAL(Y5, R12)
	EQUAL(Y4, R11)
	ANDQ    DX, R12
	ANDQ    DX, R11
	POPCNTQ R12, R12 // closing
	CMPQ    R12, R8
	JGE     done
	POPCNTQ R11, R11 // opening
	SUBQ    R12, R8
	ADDQ    R11, R8
	MOVQ    DI, R9
	SARQ    $63, R9
	MOVQ    R13, R10
	ADDQ    $64, SI
	INCQ    BX
	CMPQ    BX, CX
	JLT     block

done:
	VZEROUPPER
	MOVQ BX, passed+40(FP)
	MOVQ R8, depthAfter+48(FP)
	MOVQ R9, inStringAfter+56(FP)
	MOVQ R10, escapedAfter+64(FP)
	RET
