package agg

import (
	"math"
	"math/big"

	"retrohunt/engine/value"
)

// stddev is the standard deviation of a sample, over n-1, of what casts to a number; 0 of one number, null if nothing does. It
// is computed of exact sums and rounded once; an infinity makes it NaN.
type stddev struct {
	sum
	squares exactSum
	far     *big.Rat // the squares of doubles so large or small that squares would round them; nil: there were none
}

func (s *stddev) Add(v value.Value) {
	n, ok := value.ToNumber(v)
	if !ok {
		return
	}
	s.sum.Add(n)
	if n.Kind() == value.Long {
		s.addLong(n.Long())
		return
	}
	switch x := n.Double(); {
	case x == 0 || math.IsInf(x, 0) || math.IsNaN(x):
	case math.Abs(x) > 0x1p-450 && math.Abs(x) < 0x1p450:
		s.addProduct(x, x)
	default:
		s.addFar(x)
	}
}

// addLong adds the square of (high + low), which may have more bits than a double.
func (s *stddev) addLong(n int64) {
	low := n & math.MaxUint32
	x, y := float64(n-low), float64(low)
	s.addProduct(x, x)
	s.addProduct(2*x, y)
	s.addProduct(y, y)
}

// addProduct adds x·y as two doubles: the rounded product, and what rounding took from it.
func (s *stddev) addProduct(x, y float64) {
	product := x * y
	s.squares.addDouble(product)
	s.squares.addDouble(math.FMA(x, y, -product))
}

func (s *stddev) addFar(x float64) {
	if s.far == nil {
		s.far = new(big.Rat)
	}
	exact := new(big.Rat).SetFloat64(x)
	s.far.Add(s.far, exact.Mul(exact, exact))
}

func (s *stddev) Merge(other State) {
	o := other.(*stddev)
	s.sum.Merge(&o.sum)
	s.squares.merge(&o.squares)
	if o.far == nil {
		return
	}
	if s.far == nil {
		s.far = new(big.Rat)
	}
	s.far.Add(s.far, o.far)
}

func (s *stddev) Result() value.Value {
	switch {
	case s.n == 0:
		return value.Value{}
	case s.total.special != 0:
		return value.OfDouble(math.NaN())
	case s.n == 1:
		return value.OfDouble(0)
	}
	squares := s.squares.rat()
	if s.far != nil {
		squares.Add(squares, s.far)
	}
	total := s.total.rat()
	total.Mul(total, total).Quo(total, new(big.Rat).SetInt64(s.n))
	return value.OfDouble(root(squares.Sub(squares, total).Quo(squares, new(big.Rat).SetInt64(s.n-1))))
}

// root returns the square root of what is not negative.
func root(x *big.Rat) float64 {
	f := new(big.Float).SetPrec(256).SetRat(x)
	out, _ := f.Sqrt(f).Float64()
	return out
}

func (s *stddev) append(dst []byte) []byte {
	return appendRat(s.squares.append(s.sum.append(dst)), s.far)
}

func (s *stddev) read(d *decoder) {
	s.sum.read(d)
	s.squares.read(d)
	s.far = d.rat()
}
