package agg

import (
	"math"
	"math/big"
	"slices"

	"retrohunt/engine/value"
)

// exactSum is the exact sum of doubles and longs, so that neither the order of rows nor the number of workers shows in the
// last digit. It is kept as doubles that do not overlap, smallest first (Shewchuk, Adaptive Precision Floating-Point
// Arithmetic, 1997, as in Python's fsum); it has a handful of them in practice and at most 40.
type exactSum struct {
	parts   []float64
	large   *big.Float // the sum of what could overflow parts, exact too; nil: nothing was so large
	special float64    // the sum of infinities and NaNs, which absorb everything
}

const (
	// tooLarge keeps parts in the range of a double: 2^63 smaller numbers do not leave it.
	tooLarge = 0x1p960
	// largeBits hold any sum of 2^63 doubles from tooLarge on.
	largeBits = 256
)

func (s *exactSum) add(v value.Value) {
	if v.Kind() == value.Double {
		s.addDouble(v.Double())
		return
	}
	n := v.Long()
	low := n & math.MaxUint32
	s.addDouble(float64(n - low)) // a long may have more bits than a double: both halves are exact
	s.addDouble(float64(low))
}

func (s *exactSum) addDouble(x float64) {
	switch {
	case math.IsInf(x, 0) || math.IsNaN(x):
		s.special += x
	case math.Abs(x) >= tooLarge:
		s.addLarge(big.NewFloat(x))
	default:
		s.addPart(x)
	}
}

func (s *exactSum) addLarge(x *big.Float) {
	if s.large == nil {
		s.large = new(big.Float).SetPrec(largeBits)
	}
	s.large.Add(s.large, x)
}

func (s *exactSum) addPart(x float64) {
	kept := 0
	for _, y := range s.parts {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		if low := y - (high - x); low != 0 {
			s.parts[kept] = low
			kept++
		}
		x = high
	}
	s.parts = append(s.parts[:kept], x)
}

func (s *exactSum) merge(o *exactSum) {
	s.special += o.special
	if o.large != nil {
		s.addLarge(o.large)
	}
	for _, x := range o.parts {
		s.addDouble(x)
	}
}

// canonical returns the parts that depend on the sum alone, not on the order of what was added: the largest is the double nearest
// to the sum, the next the nearest to what that leaves, and so on.
func (s *exactSum) canonical() []float64 {
	if len(s.parts) < 2 {
		return s.parts
	}
	rest, part := new(big.Rat), new(big.Rat)
	for _, x := range s.parts {
		rest.Add(rest, part.SetFloat64(x))
	}
	var out []float64
	for len(out) == 0 || rest.Sign() != 0 {
		x, _ := rest.Float64()
		out = append(out, x)
		rest.Sub(rest, part.SetFloat64(x))
	}
	slices.Reverse(out)
	return out
}

// over returns the double nearest to the sum divided by n, the even one of two equally near.
func (s *exactSum) over(n int64) float64 {
	switch {
	case s.special != 0:
		return s.special
	case s.large == nil && len(s.parts) == 0:
		return 0
	case s.large == nil && len(s.parts) == 1:
		return s.parts[0] / float64(n) // one rounding
	}
	sum := s.rat()
	f, _ := sum.Quo(sum, new(big.Rat).SetInt64(n)).Float64()
	return f
}

// rat returns the sum of what is finite.
func (s *exactSum) rat() *big.Rat {
	sum, part := new(big.Rat), new(big.Rat)
	for _, x := range s.parts {
		sum.Add(sum, part.SetFloat64(x))
	}
	if s.large != nil {
		large, _ := s.large.Rat(nil)
		sum.Add(sum, large)
	}
	return sum
}
