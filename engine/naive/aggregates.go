package naive

import (
	"math"
	"math/big"
	"slices"

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
