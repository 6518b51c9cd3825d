package function_test

import (
	"math"
	"testing"

	"retrohunt/engine/function"
	"retrohunt/engine/value"
)

// FuzzBins: a number between the bounds is in its range, one beyond them in the range next to it, and ranges lie side by side.
func FuzzBins(f *testing.F) {
	f.Add(0.3, 0.1, 0.0, 10.0)
	f.Add(-5.0, 10.0, 0.0, 40.0)
	f.Add(40.0, 10.0, 0.0, 40.0)
	f.Add(39.5, 10.0, -0.5, 39.0)
	f.Fuzz(func(t *testing.T, x, width, low, high float64) {
		if !(width > 1e-3 && width < 1e6 && math.Abs(low) < 1e6 && math.Abs(high) < 1e6 && low < high && math.Abs(x) < 1e9) {
			t.Skip()
		}
		bins := function.Bins{Width: width, Min: low, Max: high}
		lower, upper := edges(t, bins, x)
		switch {
		case x < low && lower != low:
			t.Errorf("%g is below %g, and in [%g,%g)", x, low, lower, upper)
		case x >= high && !(lower < high && high <= upper):
			t.Errorf("%g is not below %g, and in [%g,%g)", x, high, lower, upper)
		case x >= low && x < high && !(lower <= x && x < upper):
			t.Errorf("%g is not in [%g,%g)", x, lower, upper)
		}
		if next, _ := edges(t, function.Bins{Width: width, Min: low, Max: math.Inf(1)}, upper); x < high && next != upper {
			t.Errorf("behind [%g,%g) the next begins at %g", lower, upper, next)
		}
	})
}

func edges(t *testing.T, b function.Bins, x float64) (lower, upper float64) {
	t.Helper()
	var c function.Context
	args := []value.Value{value.OfDouble(x)}
	from, _ := b.Lower(&c, args)
	to, _ := b.Upper(&c, args)
	label, _ := b.Label(&c, args)
	if want := "[" + from.Text() + "," + to.Text() + ")"; label.Str() != want {
		t.Errorf("the label is %s, not %s", label.Text(), want)
	}
	return from.Double(), to.Double()
}
