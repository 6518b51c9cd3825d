package naive

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

func countDistinct(values []value.Value) value.Value {
	slices.SortFunc(values, value.Compare)
	values = slices.CompactFunc(values, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
	return value.OfLong(int64(len(values)))
}

// mean is the exact sum of numbers divided by n, then rounded to a double; null over nothing. Infinities and NaNs absorb
// all else.
func mean(numbers []value.Value, n int) value.Value {
	if len(numbers) == 0 {
		return value.Value{}
	}
	sum, special := new(big.Rat), 0.0
	for _, v := range numbers {
		if x := v.Double(); math.IsInf(x, 0) || math.IsNaN(x) {
			special += x
			continue
		}
		sum.Add(sum, exact(v))
	}
	if special != 0 {
		return value.OfDouble(special)
	}
	f, _ := sum.Quo(sum, new(big.Rat).SetInt64(int64(n))).Float64()
	return value.OfDouble(f)
}

// exact returns a finite number without rounding.
func exact(v value.Value) *big.Rat {
	if v.Kind() == value.Long {
		return new(big.Rat).SetInt64(v.Long())
	}
	return new(big.Rat).SetFloat64(v.Double())
}

// least is the least number as a double, or with sign -1 the greatest; null over nothing. NaN does not take part.
func least(numbers []value.Value, sign int) value.Value {
	numbers = slices.DeleteFunc(numbers, func(v value.Value) bool { return math.IsNaN(v.Double()) })
	if len(numbers) == 0 {
		return value.Value{}
	}
	best := slices.MinFunc(numbers, func(a, b value.Value) int { return sign * value.Compare(a, b) })
	if best.Kind() == value.Long {
		return value.OfDouble(float64(best.Long()))
	}
	return best
}

// deviation is the standard deviation of a sample: the root of the mean square distance from the mean, over n-1.
func deviation(numbers []value.Value) value.Value {
	if len(numbers) == 0 {
		return value.Value{}
	}
	total := new(big.Rat)
	for _, v := range numbers {
		if math.IsInf(v.Double(), 0) || math.IsNaN(v.Double()) {
			return value.OfDouble(math.NaN())
		}
		total.Add(total, exact(v))
	}
	if len(numbers) == 1 {
		return value.OfDouble(0)
	}
	mean := total.Quo(total, new(big.Rat).SetInt64(int64(len(numbers))))
	squares := new(big.Rat)
	for _, v := range numbers {
		distance := exact(v)
		distance.Sub(distance, mean)
		squares.Add(squares, distance.Mul(distance, distance))
	}
	squares.Quo(squares, new(big.Rat).SetInt64(int64(len(numbers)-1)))
	root, _ := new(big.Float).Sqrt(new(big.Float).SetPrec(256).SetRat(squares)).Float64()
	return value.OfDouble(root)
}

// percentile is the number at place (n+1)·percent/100, between two places in proportion.
func percentile(numbers []value.Value, percent float64) value.Value {
	var doubles []float64
	for _, v := range numbers {
		x := v.Double()
		if v.Kind() == value.Long {
			x = float64(v.Long())
		}
		if !math.IsNaN(x) {
			doubles = append(doubles, x)
		}
	}
	if len(doubles) == 0 {
		return value.Value{}
	}
	slices.Sort(doubles)
	share, _ := new(big.Rat).SetString(strconv.FormatFloat(percent, 'f', -1, 64))
	at := share.Mul(share, big.NewRat(int64(len(doubles)+1), 100))
	below := 0 // places from the first on
	for at.Cmp(big.NewRat(int64(below)+1, 1)) >= 0 && below < len(doubles) {
		below++
	}
	if below == 0 {
		return value.OfDouble(doubles[0])
	}
	low := doubles[below-1]
	weight := at.Sub(at, big.NewRat(int64(below), 1))
	if below == len(doubles) || weight.Sign() == 0 || low == doubles[below] {
		return value.OfDouble(low)
	}
	high := doubles[below]
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		w, _ := weight.Float64()
		return value.OfDouble(low + w*(high-low))
	}
	a, b := exact(value.OfDouble(low)), exact(value.OfDouble(high))
	a.Mul(a, new(big.Rat).Sub(big.NewRat(1, 1), weight))
	f, _ := a.Add(a, b.Mul(b, weight)).Float64()
	return value.OfDouble(f)
}

// list shows the different values, a hundred at most, one a line; null over nothing.
func list(values []value.Value) value.Value {
	var texts []string
	for _, v := range values {
		texts = append(texts, v.Text())
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) == 0 {
		return value.Value{}
	}
	return value.OfString(strings.Join(texts[:min(len(texts), 100)], "\n"))
}
