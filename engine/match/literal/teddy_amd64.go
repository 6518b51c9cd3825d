//go:build !purego

package literal

import "golang.org/x/sys/cpu"

//go:generate go -C asm run . -out ../teddy_amd64.s -stubs ../teddy_stubs_amd64.go -pkg literal

// Available returns the most that this processor and its system can do.
func Available() Vectors {
	switch x := &cpu.X86; {
	case x.HasAVX512BW && x.HasAVX512VBMI && x.HasBMI2:
		return AVX512
	case x.HasAVX2 && x.HasBMI1:
		return AVX2
	}
	return None
}

// step is how many places are looked at from one on before the next are.
func (t *Teddy) step() int {
	if t.vectors == AVX2 {
		return 32
	}
	return 64
}

// candidates returns the first places from one on where a literal's fingerprint may be, as a bit each, counted from at.
// Without any, at is the end of b or beyond. It notes what lines end before, if it is by AVX2 and ends is not nil.
func (t *Teddy) candidates(b []byte, from int, ends *lineEnds) (at int, found uint64) {
	switch {
	case t.vectors == None:
		return everyPlace(b, from)
	case t.vectors == AVX2:
		return t.candidatesAVX2(b, from, ends)
	case t.fat:
		return fatAVX512(&t.exact, b, from)
	}
	return slimAVX512(&t.exact, b, from)
}

// candidatesAVX2 copies the end of b, where vectors would reach beyond it, and adds zeros to it. What lines end there is not noted.
func (t *Teddy) candidatesAVX2(b []byte, from int, ends *lineEnds) (at int, found uint64) {
	at = from
	if ends != nil && len(ends.free) >= mostInStep {
		at, found = t.linesAVX2(b, at, ends)
	}
	if found == 0 {
		at, found = t.wholeAVX2(b, at)
	}
	if found != 0 || at >= len(b) {
		return at, found
	}
	const most = 32 + width - 2 // what is left of b at most
	var end [2*32 + width - 1]byte
	left := copy(end[:most], b[at:])
	in, found := t.wholeAVX2(end[:], 0)
	return at + in, found & (1<<max(0, left-in) - 1)
}

func (t *Teddy) wholeAVX2(b []byte, from int) (at int, found uint64) {
	if t.fat {
		return fatAVX2(&t.nibbles, b, from)
	}
	return slimAVX2(&t.nibbles, b, from)
}

// mostInStep is how many lines may end in a step of AVX2.
const mostInStep = 32

// linesAVX2 is wholeAVX2 that notes line ends, and breaks off where ends is full.
func (t *Teddy) linesAVX2(b []byte, from int, ends *lineEnds) (at int, found uint64) {
	noted := 0
	if t.fat {
		at, found, noted = fatAVX2Lines(&t.nibbles, b, from, ends.free)
	} else {
		at, found, noted = slimAVX2Lines(&t.nibbles, b, from, ends.free)
	}
	ends.free, ends.noted = ends.free[noted:], ends.noted+noted
	return at, found
}
