package agg

import (
	"math"

	"retrohunt/engine/value"
)

// exactSum is the exact sum of doubles and longs, so that neither the order of rows nor the number of workers shows in the
// last digit. The finite part is kept as doubles that do not overlap, smallest first (Shewchuk, Adaptive Precision
// Floating-Point Arithmetic, 1997, as in Python's fsum); it has a handful of them in practice and at most 40.
type exactSum struct {
	parts   []float64
	special float64 // the sum of infinities and NaNs, which absorb everything
}

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
	if math.IsInf(x, 0) || math.IsNaN(x) {
		s.special += x
		return
	}
	kept := 0
	for _, y := range s.parts {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		if math.IsInf(high, 0) { // beyond the range of a double, and so is the sum
			s.special += high
			return
		}
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
	for _, x := range o.parts {
		s.addDouble(x)
	}
}

// rounded returns the double nearest to the sum, the even one of two equally near.
func (s *exactSum) rounded() float64 {
	if s.special != 0 {
		return s.special
	}
	i := len(s.parts) - 1
	if i < 0 {
		return 0
	}
	high, low := s.parts[i], 0.0
	for i > 0 && low == 0 {
		i--
		x, y := high, s.parts[i]
		high = x + y
		low = y - (high - x)
	}
	// What is left below decides when low is exactly half of high's last digit.
	if i > 0 && (low < 0 && s.parts[i-1] < 0 || low > 0 && s.parts[i-1] > 0) {
		if y := low * 2; y == (high+y)-high {
			return high + y
		}
	}
	return high
}
