package agg

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/big"
	"slices"

	"retrohunt/engine/value"
)

// percentile is the value below which a share of the numbers lies; null if nothing casts to a number. It keeps every
// number. NaN is skipped, as extreme skips it.
//
// Of n numbers in ascending order it is the one at place (n+1)·percent/100, the first being at 1. Between two places it is on
// the straight line from one to the other; before the first and behind the last it is these.
type percentile struct {
	percent float64
	numbers []float64
}

func (s *percentile) Add(v value.Value) {
	n, ok := value.ToNumber(v)
	if !ok {
		return
	}
	x := n.Double()
	if n.Kind() == value.Long {
		x = float64(n.Long())
	}
	if !math.IsNaN(x) {
		s.numbers = append(s.numbers, x)
	}
}

func (s *percentile) Merge(other State) {
	s.numbers = append(s.numbers, other.(*percentile).numbers...)
}

func (s *percentile) Result() value.Value {
	if len(s.numbers) == 0 {
		return value.Value{}
	}
	s.sort()
	whole, rest := place(len(s.numbers), s.percent)
	switch {
	case whole < 1:
		return value.OfDouble(s.numbers[0])
	case whole >= len(s.numbers):
		return value.OfDouble(s.numbers[len(s.numbers)-1])
	}
	return value.OfDouble(between(s.numbers[whole-1], s.numbers[whole], rest))
}

// sort sorts the numbers; -0 comes before 0, so that their order depends on nothing else.
func (s *percentile) sort() {
	slices.SortFunc(s.numbers, func(x, y float64) int {
		if x == 0 && y == 0 {
			return cmp.Compare(1/x, 1/y)
		}
		return cmp.Compare(x, y)
	})
}

// place returns (n+1)·percent/100 as a whole number and the rest. The percent is taken for the decimal number that it is
// written as.
func place(n int, percent float64) (whole int, rest *big.Rat) {
	at, _ := new(big.Rat).SetString(value.OfDouble(percent).Text())
	at.Mul(at, big.NewRat(int64(n)+1, 100))
	floor := new(big.Int).Quo(at.Num(), at.Denom())
	return int(floor.Int64()), at.Sub(at, new(big.Rat).SetInt(floor))
}

// between returns low + rest·(high-low), rounded once.
func between(low, high float64, rest *big.Rat) float64 {
	switch {
	case low == high || rest.Sign() == 0:
		return low
	case math.IsInf(low, 0) || math.IsInf(high, 0):
		part, _ := rest.Float64()
		return low + part*(high-low)
	}
	from := new(big.Rat).SetFloat64(low)
	way := new(big.Rat).SetFloat64(high)
	way.Sub(way, from).Mul(way, rest)
	f, _ := from.Add(from, way).Float64()
	return f
}

func (s *percentile) append(dst []byte) []byte {
	s.sort()
	dst = binary.AppendUvarint(dst, uint64(len(s.numbers)))
	for _, x := range s.numbers {
		dst = appendDouble(dst, x)
	}
	return dst
}

func (s *percentile) read(d *decoder) {
	for range d.count(8) {
		x := d.double()
		d.check(!math.IsNaN(x))
		s.numbers = append(s.numbers, x)
	}
}

func (s *percentile) size() int { return 8 * cap(s.numbers) }
