//go:build !purego

#include "textflag.h"

DATA quotes<>+0(SB)/8, $0x2222222222222222
DATA quotes<>+8(SB)/8, $0x2222222222222222
GLOBL quotes<>(SB), RODATA|NOPTR, $16
DATA backslashes<>+0(SB)/8, $0x5c5c5c5c5c5c5c5c
DATA backslashes<>+8(SB)/8, $0x5c5c5c5c5c5c5c5c
GLOBL backslashes<>(SB), RODATA|NOPTR, $16
DATA newlines<>+0(SB)/8, $0x0a0a0a0a0a0a0a0a
DATA newlines<>+8(SB)/8, $0x0a0a0a0a0a0a0a0a
GLOBL newlines<>(SB), RODATA|NOPTR, $16
DATA braces<>+0(SB)/8, $0x2020202020202020
DATA braces<>+8(SB)/8, $0x2020202020202020
GLOBL braces<>(SB), RODATA|NOPTR, $16
DATA opening<>+0(SB)/8, $0x7b7b7b7b7b7b7b7b
DATA opening<>+8(SB)/8, $0x7b7b7b7b7b7b7b7b
GLOBL opening<>(SB), RODATA|NOPTR, $16
DATA closing<>+0(SB)/8, $0x7d7d7d7d7d7d7d7d
DATA closing<>+8(SB)/8, $0x7d7d7d7d7d7d7d7d
GLOBL closing<>(SB), RODATA|NOPTR, $16

// EQUAL adds which bytes of FROM, 16 bytes that stand at SHIFT, equal those of WHAT.
#define EQUAL(FROM, WHAT, SHIFT, INTO) \
	MOVO     FROM, X1;  \
	PCMPEQB  WHAT, X1;  \
	PMOVMSKB X1, AX;    \
	SHLQ     SHIFT, AX; \
	ORQ      AX, INTO

// QUARTER looks at 16 bytes. With 0x20 set, [ and ] are { and }, and nothing else becomes one.
#define QUARTER(AT, SHIFT) \
	MOVOU AT(SI), X0;          \
	EQUAL(X0, X8, SHIFT, R8);  \
	EQUAL(X0, X9, SHIFT, R9);  \
	EQUAL(X0, X10, SHIFT, R12); \
	POR   X11, X0;             \
	EQUAL(X0, X12, SHIFT, R10); \
	EQUAL(X0, X13, SHIFT, R11)

// func Classify(b *[64]byte) (out Block)
TEXT ·Classify(SB), NOSPLIT, $0-48
	MOVQ  b+0(FP), SI
	MOVOU quotes<>(SB), X8
	MOVOU backslashes<>(SB), X9
	MOVOU newlines<>(SB), X10
	MOVOU braces<>(SB), X11
	MOVOU opening<>(SB), X12
	MOVOU closing<>(SB), X13
	XORL  R8, R8
	XORL  R9, R9
	XORL  R10, R10
	XORL  R11, R11
	XORL  R12, R12
	QUARTER(0, $0)
	QUARTER(16, $16)
	QUARTER(32, $32)
	QUARTER(48, $48)
	MOVQ  R8, out_Quote+8(FP)
	MOVQ  R9, out_Backslash+16(FP)
	MOVQ  R10, out_Open+24(FP)
	MOVQ  R11, out_Close+32(FP)
	MOVQ  R12, out_Newline+40(FP)
	RET
