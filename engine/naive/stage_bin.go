package naive

import (
	"fmt"
	"math"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

func (p *pipeline) bin(s *syntax.Bin) {
	bins := check.BinningOf(s)
	for _, r := range p.rows {
		var label, from, to value.Value
		x := value.Arith(value.Mul, r.get(s.Field.Name), value.OfDouble(1)) // a double, or null
		if x.Kind() == value.Double && !math.IsNaN(x.Double()) && !math.IsInf(x.Double(), 0) {
			lower, upper := binOf(bins, x.Double())
			from, to = value.OfDouble(lower), value.OfDouble(upper)
			label = value.OfString(fmt.Sprintf("[%s,%s)", from.Text(), to.Text()))
		}
		r.set(check.BinLabel, label)
		r.set(check.BinLower, from)
		r.set(check.BinUpper, to)
	}
	p.define(check.BinLabel)
	p.define(check.BinLower)
	p.define(check.BinUpper)
}

// binOf tries the ranges round the quotient. The last range is the first that reaches to the greatest number.
func binOf(b check.Binning, x float64) (lower, upper float64) {
	start := 0.0
	if !math.IsInf(b.Min, -1) {
		start, x = b.Min, max(x, b.Min)
	}
	isLast := x >= b.Max
	x = min(x, b.Max)
	n := math.Floor((x - start) / b.Width)
	for _, i := range []float64{n - 1, n, n + 1} {
		lower, upper = start+i*b.Width, start+(i+1)*b.Width
		if lower <= x && x < upper || isLast && i >= 0 && upper == x {
			return lower, upper
		}
	}
	return start + n*b.Width, start + (n+1)*b.Width
}
