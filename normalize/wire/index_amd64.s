//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// The tables of skeleton_amd64.s, too.

DATA ·constants+0(SB)/8, $0x2222222222222222 // the quote
DATA ·constants+8(SB)/8, $0x5c5c5c5c5c5c5c5c // the backslash
DATA ·constants+16(SB)/8, $0x1f1f1f1f1f1f1f1f // the highest control character
DATA ·constants+24(SB)/8, $0x7272727272727272 // r, which may be escaped and shares its lower half with b
DATA ·constants+32(SB)/8, $0xaaaaaaaaaaaaaaaa // odd places
GLOBL ·constants(SB), RODATA|NOPTR, $40

// By the lower half of a byte: what has it of b, f, n, t, the slash and the backslash, which may be escaped.
DATA ·escapable+0(SB)/8, $0xff66ff74ff62ffff
DATA ·escapable+8(SB)/8, $0x2f6eff5cffffffff
GLOBL ·escapable(SB), RODATA|NOPTR, $16

// BITS gathers the upper bits of 64 bytes.
#define BITS(LOW, HIGH, INTO, WITH) \
	VPMOVMSKB LOW, INTO; \
	VPMOVMSKB HIGH, WITH; \
	SHLQ      $32, WITH; \
	ORQ       WITH, INTO

// WITHIN sets in BX which bytes are within a string, where AX has the quotes that are not escaped: what stands behind an odd number
// of them, from the opening quote, with it, to the closing one.
#define WITHIN \
	VMOVQ      AX, X2; \
	VPCLMULQDQ $0, X9, X2, X2; \
	VMOVQ      X2, BX; \
	XORQ       R12, BX; \
	MOVQ       BX, R12; \
	SARQ       $63, R12

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

// func closings(src *byte, blocks int, places *uint32, odd *byte, s *marking) (n int)
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
	MOVQ 32(R9), R9  // bytes beyond ASCII
	MOVQ ·constants+32(SB), R15
	SUBQ R10, SI

	VPBROADCASTQ   ·constants+0(SB), Y14
	VPBROADCASTQ   ·constants+8(SB), Y13
	VPBROADCASTQ   ·constants+16(SB), Y12
	VPBROADCASTQ   ·constants+24(SB), Y11
	VBROADCASTI128 ·escapable(SB), Y10
	VPCMPEQB       Y9, Y9, Y9

next:
	VMOVDQU  (SI)(R10*1), Y0
	VMOVDQU  32(SI)(R10*1), Y1
	VPCMPEQB Y14, Y0, Y2
	VPCMPEQB Y14, Y1, Y3
	BITS(Y2, Y3, AX, BX)

	// A block without backslashes, control characters and bytes beyond ASCII has nothing but strings.
	VPCMPEQB  Y13, Y0, Y4
	VPCMPEQB  Y13, Y1, Y5
	VPMINUB   Y0, Y1, Y2
	VPMINUB   Y12, Y2, Y3
	VPCMPEQB  Y2, Y3, Y2
	VPOR      Y0, Y1, Y3
	VPOR      Y4, Y5, Y6
	VPOR      Y3, Y2, Y2
	VPOR      Y6, Y2, Y2
	VPMOVMSKB Y2, DX
	ORQ       R11, DX
	JNZ       other
	MOVQ      DX, (R8)
	WITHIN

places:
	ADDQ    $8, R8
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
	ADDQ $64, R10
	DECQ CX
	JNZ  next

	VZEROUPPER
	MOVQ s+32(FP), AX
	MOVQ R10, 0(AX)
	MOVQ R11, 8(AX)
	MOVQ R12, 16(AX)
	MOVQ R13, 24(AX)
	MOVQ R9, 32(AX)
	SUBQ places+16(FP), DI
	SHRQ $2, DI
	MOVQ DI, n+40(FP)
	RET

other:
	BITS(Y0, Y1, BX, R14)
	ORQ  BX, R9
	BITS(Y4, Y5, DX, R14)
	ORQ  DX, BX
	MOVQ BX, (R8)

	// A run of backslashes escapes each other byte of it, from its second on, and the byte behind it if their number is odd.
	// Subtracting a run's backslashes from what is behind each of them carries to the end of the run, where an odd place and an even one
	// come out differently.
	ANDNQ DX, R11, R14
	LEAQ  (R14)(R14*1), BX
	ORQ   R15, BX
	SUBQ  R14, BX
	XORQ  R15, BX
	MOVQ  DX, R14
	ORQ   R11, R14
	XORQ  BX, R14 // the bytes that are escaped
	ANDQ  BX, DX  // the backslashes that escape one
	MOVQ  DX, R11
	SHRQ  $63, R11

	// Quotes may be escaped; what else there is, the table knows.
	VPSHUFB  Y0, Y10, Y2
	VPSHUFB  Y1, Y10, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	VPCMPEQB Y0, Y11, Y6
	VPCMPEQB Y1, Y11, Y7
	VPOR     Y6, Y2, Y2
	VPOR     Y7, Y3, Y3
	BITS(Y2, Y3, DX, BX)
	ORQ      AX, DX
	ANDNQ    R14, DX, DX
	ORQ      DX, R13
	ANDNQ    AX, R14, AX
	WITHIN

	// Outside of strings control characters are white space, or for the walk to judge.
	VPMINUB  Y12, Y0, Y2
	VPMINUB  Y12, Y1, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	BITS(Y2, Y3, DX, R14)
	ANDQ     BX, DX
	ORQ      DX, R13
	JMP      places

// As hashKey has them.
DATA hashing<>+0(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA hashing<>+8(SB)/8, $0x0101010101010101
DATA hashing<>+16(SB)/8, $0x1e1e1e1e1e1e1e1e
DATA hashing<>+24(SB)/8, $0x9e3779b97f4a7c15
GLOBL hashing<>(SB), RODATA|NOPTR, $32

DATA ·digits+0(SB)/8, $0x3030303030303030 // the zero
DATA ·digits+8(SB)/8, $0x7676767676767676 // what leads the numbers above nine to 0x80
DATA ·digits+16(SB)/8, $0x8080808080808080
GLOBL ·digits(SB), RODATA|NOPTR, $24

// func pass(w *Walker, n *node, at int) (end int)
TEXT ·pass(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), DX
	MOVQ n+8(FP), R11
	MOVQ at+16(FP), R12
	MOVQ Walker_src(DX), SI
	MOVQ (Walker_src+8)(DX), R8
	SUBQ $5, R8 // behind the closing quote of a value, four bytes are looked at
	MOVQ (Walker_index+index_odd)(DX), R9
	MOVQ (Walker_index+index_closed)(DX), AX
	MOVQ (Walker_index+index_next)(DX), BX
	LEAQ (AX)(BX*4), DI
	MOVQ (Walker_index+index_closed+8)(DX), BX
	LEAQ -4(AX)(BX*4), DX // the last string
	MOVQ node_chains(R11), R10
	MOVBLZX node_shift(R11), R11

	// R12 is where a key opens, DI the place in the index of its end.
member:
	CMPQ DI, DX
	JAE  done
	MOVL (DI), AX
	MOVL 4(DI), BX
	CMPQ BX, R8
	JGT  done
	CMPW 1(SI)(AX*1), $0x223a // :"
	JNE  blankAfterColon

string:
	LEAQ 8(DI), R15
	INCQ BX

comma:
	CMPW (SI)(BX*1), $0x222c // ,"
	JNE  blankAfterComma
	INCQ BX

	// The key ends at AX, the next one opens at BX, and its end is at R15. R13 becomes the length.
key:
	LEAQ 1(R12), CX
	MOVQ AX, R13
	SUBQ CX, R13
	LEAQ -1(R13), R14
	CMPQ R14, $56
	JAE  done

	// isOdd
	MOVQ   CX, R14
	SHRQ   $3, R14
	MOVQ   (R9)(R14*1), R14
	ANDL   $7, CX
	SHRXQ  CX, R14, R14
	MOVQ   R13, CX
	NEGQ   CX
	SHLXQ  CX, R14, R14
	TESTQ  R14, R14
	JNZ    done

	// lastWord, hashKey
	MOVL    $8, CX
	CMPQ    R13, CX
	CMOVQLT R13, CX
	SHLQ    $3, CX
	NEGQ    CX
	MOVQ    -8(SI)(AX*1), R14
	SHRXQ   CX, R14, R14
	ANDQ    hashing<>+0(SB), R14
	ADDQ    hashing<>+8(SB), R14
	ANDQ    hashing<>+16(SB), R14
	SHLQ    $5, R13
	XORQ    R13, R14
	IMULQ   hashing<>+24(SB), R14
	SHRXQ   R11, R14, R14
	CMPW    (R10)(R14*2), $0
	JNE     done
	MOVQ    BX, R12
	MOVQ    R15, DI
	JMP     member

blankAfterColon:
	MOVL 1(SI)(AX*1), CX
	ANDL $0xffffff, CX
	CMPL CX, $0x22203a // : "
	JEQ  string

	// It is a number, whose first byte R14 finds. What is no digit has the high bit in BX.
	LEAQ 9(AX), CX
	CMPQ CX, R8
	JGT  done
	CMPB 1(SI)(AX*1), $0x3a
	JNE  done
	LEAQ 2(AX), R14
	CMPB (SI)(R14*1), $0x20
	JNE  number
	INCQ R14

number:
	MOVBLZX (SI)(R14*1), CX
	SUBL    $0x31, CX
	CMPL    CX, $8
	JHI     done
	MOVQ    (SI)(R14*1), CX
	XORQ    ·digits+0(SB), CX
	MOVQ    ·digits+8(SB), BX
	ADDQ    CX, BX
	ORQ     CX, BX
	ANDQ    ·digits+16(SB), BX
	TZCNTQ  BX, BX
	SHRQ    $3, BX
	CMPQ    BX, $7
	JHI     done
	ADDQ    R14, BX
	LEAQ    4(DI), R15
	JMP     comma

blankAfterComma:
	MOVL (SI)(BX*1), CX
	ANDL $0xffffff, CX
	ADDQ $2, BX
	CMPL CX, $0x22202c // , "
	JEQ  key

done:
	MOVQ w+0(FP), DX
	SUBQ (Walker_index+index_closed)(DX), DI
	SHRQ $2, DI
	MOVQ DI, (Walker_index+index_next)(DX)
	MOVQ R12, end+24(FP)
	RET
