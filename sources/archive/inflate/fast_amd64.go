//go:build !purego

package inflate

// accelerated says whether the fast loop is the one in assembly.
var accelerated = hasAVX()

// fastAVX is fastGo in assembly, with the shifts of BMI2 and the copies of AVX.
//
//go:noescape
func fastAVX(r *Reader, c *codes) outcome

func cpuid(leaf, subleaf uint32) (eax, ebx, ecx, edx uint32)

func xgetbv() uint32

// hasAVX reports whether the processor and the system have BMI2 and AVX.
func hasAVX() bool {
	const (
		osxsave, avx = 1 << 27, 1 << 28 // of leaf 1, in ecx
		bmi2         = 1 << 8           // of leaf 7, in ebx
		xmm, ymm     = 1 << 1, 1 << 2   // saved by the system
	)
	leaves, _, _, _ := cpuid(0, 0)
	if leaves < 7 {
		return false
	}
	_, _, ecx, _ := cpuid(1, 0)
	_, ebx, _, _ := cpuid(7, 0)
	return ecx&osxsave != 0 && ecx&avx != 0 && ebx&bmi2 != 0 && xgetbv()&(xmm|ymm) == xmm|ymm
}

func (r *Reader) fast() outcome {
	if accelerated {
		return fastAVX(r, r.codes)
	}
	return r.fastGo()
}
