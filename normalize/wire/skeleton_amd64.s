//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// func stride(w *Walker, t *track)
TEXT ·stride(SB), NOSPLIT, $0-16
	MOVQ w+0(FP), DX
	MOVQ t+8(FP), BX
	MOVQ Walker_src(DX), SI
	MOVQ (Walker_src+8)(DX), R15 // the length
	MOVQ (Walker_src+16)(DX), R8
	SUBQ $32, R8                 // the last place from which a vector may be read
	MOVQ (Walker_known+skeletons_stretches)(DX), R9
	MOVQ (Walker_known+skeletons_places)(DX), R10
	MOVQ track_passed(BX), AX
	LEAQ (R10)(AX*4), R10
	MOVQ track_at(BX), R12
	MOVQ track_stretch(BX), AX

	VPBROADCASTQ   ·constants+0(SB), Y15
	VPBROADCASTQ   ·constants+8(SB), Y14
	VPBROADCASTQ   ·constants+16(SB), Y13
	VPBROADCASTQ   ·constants+24(SB), Y12
	VBROADCASTI128 ·escapable(SB), Y11
	VPXOR          Y10, Y10, Y10 // all bytes that were read

	// R12 is where a stretch begins, AX which one of those that may stand there is looked at, then R11 where that is. R10 is where the
	// place is written.
next:
	TESTL AX, AX
	JZ    done
	CMPQ  R12, R8
	JGT   done
	VMOVDQU (SI)(R12*1), Y0

look:
	IMUL3Q    $stretch__size, AX, R11
	ADDQ      R9, R11
	VPCMPEQB  stretch_text(R11), Y0, Y1
	VPMOVMSKB Y1, CX
	NOTL      CX
	MOVBLZX   stretch_length(R11), BX
	BZHIL     BX, CX, CX
	TESTL     CX, CX
	JNZ       other
	MOVBLZX   stretch_behind(R11), DX
	ADDQ      R12, BX // where the stretch ends
	CMPQ      BX, R15
	JGT       done
	VPOR      Y0, Y10, Y10
	CMPL      DX, $const_aString
	JNE       noString

string:
	CMPQ      BX, R8
	JGT       done
	VMOVDQU   (SI)(BX*1), Y0
	VPOR      Y0, Y10, Y10
	VPCMPEQB  Y15, Y0, Y1
	VPCMPEQB  Y14, Y0, Y2
	VPMINUB   Y13, Y0, Y3
	VPCMPEQB  Y3, Y0, Y3
	VPOR      Y2, Y3, Y4
	VPMOVMSKB Y1, DX
	VPMOVMSKB Y4, CX
	BLSMSKL   DX, R13
	TESTL     R13, CX
	JNZ       special
	TESTL     DX, DX
	JZ        long

	// DX has the quote that closes. Where the last strings here were as long as one another, so may this one be: then the next stretch need not
	// wait for the count.
closes:
	TZCNTL  DX, DX
	MOVBLZX stretch_size(R11), CX
	CMPB    stretch_steady(R11), $8
	JB      unsteady
	CMPL    DX, CX
	JNE     changed
	ADDQ    CX, BX

passed:
	CMPQ    BX, R15
	JGE     done
	MOVL    R12, (R10)
	ADDQ    $4, R10
	MOVQ    BX, R12
	MOVWLZX stretch_next(R11), AX
	JMP     next

unsteady:
	MOVBLZX stretch_steady(R11), R13
	INCL    R13
	CMPL    DX, CX
	JNE     changed
	MOVB    R13, stretch_steady(R11)
	ADDQ    DX, BX
	JMP     passed

changed:
	MOVB $0, stretch_steady(R11)
	MOVB DX, stretch_size(R11)
	ADDQ DX, BX
	JMP  passed

long:
	ADDQ $32, BX
	JMP  string

	// Before the first quote there are backslashes or control characters. As in closings, but that the first byte is never escaped.
special:
	VPMOVMSKB Y2, CX
	LEAL      (CX)(CX*1), R13
	ORL       $0xaaaaaaaa, R13
	SUBL      CX, R13
	XORL      $0xaaaaaaaa, R13
	MOVL      CX, R14
	XORL      R13, R14 // the bytes that are escaped
	ANDL      R13, CX  // the backslashes that escape one
	ANDNL     DX, R14, DX
	BLSMSKL   DX, R13  // up to the quote that closes, or all

	// What is escaped, and what may be.
	VPSHUFB   Y0, Y11, Y5
	VPCMPEQB  Y0, Y5, Y5
	VPCMPEQB  Y0, Y12, Y6
	VPOR      Y5, Y6, Y5
	VPOR      Y1, Y5, Y5
	VPMOVMSKB Y5, DI
	ANDNL     R14, DI, R14
	VPMOVMSKB Y3, DI
	ORL       DI, R14
	TESTL     R13, R14
	JNZ       done
	BTSL      $31, R12
	TESTL     DX, DX
	JNZ       closes

	// A backslash that escapes what is not read yet is read again.
	SHRL $31, CX
	ADDQ $32, BX
	SUBQ CX, BX
	JMP  string

noString:
	CMPL DX, $const_aPlain
	JNE  noPlain
	CMPQ BX, R8
	JGT  done
	MOVBLZX (SI)(BX*1), R13
	CMPL    R13, $0x2d // -
	JNE     unsigned
	INCQ    BX
	MOVBLZX (SI)(BX*1), R13
	SUBL    $0x30, R13
	JMP     number

unsigned:
	SUBL $0x30, R13
	CMPL R13, $9
	JHI  noNumber

number:
	INCQ BX
	CMPL R13, $9
	JHI  done
	TESTL R13, R13
	JZ    numbered

	// What is no digit has the high bit in DX.
digits:
	MOVQ   (SI)(BX*1), R13
	XORQ   ·digits+0(SB), R13
	MOVQ   ·digits+8(SB), DX
	ADDQ   R13, DX
	ORQ    R13, DX
	ANDQ   ·digits+16(SB), DX
	TZCNTQ DX, DX
	SHRQ   $3, DX
	ADDQ   DX, BX
	CMPQ   BX, R8
	JGT    done
	CMPQ   DX, $8
	JEQ    digits

numbered:
	MOVBLZX (SI)(BX*1), R13
	CMPL    R13, $0x2e // .
	JEQ     done
	ORL     $0x20, R13
	CMPL    R13, $0x65 // e
	JEQ     done
	JMP     passed

noNumber:
	MOVL (SI)(BX*1), R13
	ADDQ $4, BX
	CMPL R13, $0x65757274 // true
	JEQ  passed
	CMPL R13, $0x6c6c756e // null
	JEQ  passed
	CMPL R13, $0x736c6166 // fals
	JNE  other
	INCQ BX
	CMPB -1(SI)(BX*1), $0x65
	JEQ  passed

other:
	MOVWLZX stretch_other(R11), DX
	TESTL   DX, DX
	JZ      done
	MOVL    DX, AX
	JMP     look

noPlain:
	CMPL DX, $const_theEnd
	JNE  passed
	CMPQ BX, R15
	JNE  other
	MOVL R12, (R10)
	ADDQ $4, R10
	MOVQ BX, R12
	MOVQ t+8(FP), BX
	MOVQ $1, track_ended(BX)

done:
	VPMOVMSKB Y10, CX
	VZEROUPPER
	ANDL $0x7fffffff, R12
	MOVQ t+8(FP), BX
	MOVQ w+0(FP), DX
	MOVQ AX, track_stretch(BX)
	MOVQ R12, track_at(BX)
	ORQ  CX, track_beyond(BX)
	SUBQ (Walker_known+skeletons_places)(DX), R10
	SHRQ $2, R10
	MOVQ R10, track_passed(BX)
	RET
