package check

import (
	"math"

	"retrohunt/engine/syntax"
)

// The fields that bin makes (S/bin).
const (
	BinLabel = "_bin_label"
	BinLower = "_bin_lower"
	BinUpper = "_bin_upper"
)

// Binning is how a bin sorts numbers.
type Binning struct {
	Width    float64
	Min, Max float64 // infinite where the stage gives no bound
}

// BinningOf returns how a bin sorts numbers.
func BinningOf(b *syntax.Bin) Binning {
	return Binning{b.Width.Float, bound(b.Min, math.Inf(-1)), bound(b.Max, math.Inf(1))}
}

func bound(x syntax.Expr, none float64) float64 {
	switch x := x.(type) {
	case *syntax.Number:
		return x.Float
	case *syntax.Unary:
		return -bound(x.X, none)
	}
	return none
}

func (c *checker) bin(b *syntax.Bin) {
	c.field(b.Field)
	c.targets([]string{BinLabel, BinLower, BinUpper})
	if b.Width == nil {
		c.mistake(b.Span, "bin needs the width of its ranges", "for example: bin latency width=10")
		return
	}
	if b.Width.Float <= 0 {
		c.mistake(b.Width.Span, "the width of a range is a number above 0, not "+b.Width.Text, "")
	}
	if r := BinningOf(b); r.Min >= r.Max {
		c.mistake(b.Max.Pos(), "max is not above min", "")
	}
}
