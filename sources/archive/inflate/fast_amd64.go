//go:build !purego

package inflate

import "golang.org/x/sys/cpu"

// accelerated says whether the fast loop is the one in assembly.
var accelerated = cpu.X86.HasBMI2

// fastBMI2 is fastGo in assembly. It needs BMI2, whose shifts take their width from any register.
//
//go:noescape
func fastBMI2(r *Reader, c *codes) outcome

func (r *Reader) fast() outcome {
	if accelerated {
		return fastBMI2(r, r.codes)
	}
	return r.fastGo()
}
