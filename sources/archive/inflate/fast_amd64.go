//go:build !purego

package inflate

// accelerated says whether the fast loop is the one in assembly.
var accelerated = hasBMI2()

// fastBMI2 is fastGo in assembly. It needs BMI2, whose shifts take their width from any register.
//
//go:noescape
func fastBMI2(r *Reader, c *codes) outcome

func cpuid(leaf, subleaf uint32) (eax, ebx, ecx, edx uint32)

// hasBMI2 asks the processor. Nothing that the system would have to save is used beyond SSE2.
func hasBMI2() bool {
	const extended, bmi2 = 7, 1 << 8 // a leaf, and a bit of its ebx
	leaves, _, _, _ := cpuid(0, 0)
	if leaves < extended {
		return false
	}
	_, ebx, _, _ := cpuid(extended, 0)
	return ebx&bmi2 != 0
}

func (r *Reader) fast() outcome {
	if accelerated {
		return fastBMI2(r, r.codes)
	}
	return r.fastGo()
}
