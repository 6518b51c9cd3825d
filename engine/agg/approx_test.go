package agg

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/DataDog/sketches-go/ddsketch/mapping"

	"retrohunt/engine/value"
)

// column has n values: texts, and numbers of either sign over many sizes, with zeros and infinities.
func approxColumn(random *rand.Rand, n int) []value.Value {
	out := make([]value.Value, n)
	for i := range out {
		switch random.IntN(20) {
		case 0:
			out[i] = value.OfLong(0)
		case 1:
			out[i] = value.OfDouble(math.Inf(1 - 2*random.IntN(2)))
		case 2:
			out[i] = value.Value{}
		case 3:
			out[i] = value.OfString("x")
		default:
			out[i] = value.OfDouble(random.NormFloat64() * math.Exp(20*random.Float64()))
		}
	}
	return out
}

func stateOf(f Func, column []value.Value) State {
	s := f.New()
	for _, v := range column {
		s.Add(v)
	}
	return s
}

// merged adds up the states of random parts in random order, some of which went through bytes.
func merged(t *testing.T, random *rand.Rand, f Func, column []value.Value) State {
	column = slices.Clone(column)
	random.Shuffle(len(column), func(i, j int) { column[i], column[j] = column[j], column[i] })
	var parts []State
	for len(column) > 0 {
		n := 1 + random.IntN(len(column))
		part := stateOf(f, column[:n])
		if random.IntN(2) == 0 {
			read, err := f.ReadState(string(AppendState(nil, part)))
			if err != nil {
				t.Fatal(err)
			}
			part = read
		}
		parts, column = append(parts, part), column[n:]
	}
	for len(parts) > 1 {
		i := random.IntN(len(parts) - 1)
		parts[i].Merge(parts[i+1])
		parts = slices.Delete(parts, i+1, i+2)
	}
	return parts[0]
}

// TestApproximateWhateverTheOrder: an estimate depends on the values alone, also about where a state goes over to a sketch.
func TestApproximateWhateverTheOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 200, 256, 300, 330, 999, 1000, 1001, 1200, 1300, 5000} {
		column := approxColumn(random, n)
		for _, f := range []Func{{Name: "approx_count_distinct"}, {Name: "approx_pct", Percent: 50}, {Name: "approx_pct", Percent: 99.9}, {Name: "approx_pct", Percent: 5}} {
			want := stateOf(f, column).Result()
			for range 5 {
				if got := merged(t, random, f, column).Result(); got != want {
					t.Errorf("%s of %d values: %s in parts, %s as a whole", f.Name, n, got.Text(), want.Text())
				}
			}
		}
	}
}

func TestApproximateIsNear(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{10, 250, 1000, 3000, 100_000} {
		column := approxColumn(random, n)
		exact, estimate := stateOf(Func{Name: "count_distinct"}, column).Result().Long(), stateOf(Func{Name: "approx_count_distinct"}, column).Result().Long()
		if off := math.Abs(float64(estimate - exact)); exact <= exactDistinct && off != 0 || off > 0.03*float64(exact) {
			t.Errorf("%d different values are about %d", exact, estimate)
		}
		for _, percent := range []float64{0, 1, 25, 50, 90, 99, 99.9, 100} {
			f := Func{Name: "pct", Percent: percent}
			exact, estimate := stateOf(f, column).Result().Double(), stateOf(f.Approximate(), column).Result().Double()
			if off := math.Abs(estimate - exact); !(estimate == exact || off <= 1.0001*binAccuracy*math.Abs(exact)) || n <= exactNumbers && estimate != exact {
				t.Errorf("percentile %v of %d values is %v, about %v", percent, n, exact, estimate)
			}
		}
	}
}

// TestApproximateIsBounded: whatever comes, a sketch takes no more than its registers and bins.
func TestApproximateIsBounded(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	distinct, percentile := Func{Name: "approx_count_distinct"}.New(), Func{Name: "approx_pct", Percent: 50}.New()
	for range 200_000 {
		bits := random.Uint64()
		distinct.Add(value.OfLong(int64(bits)))
		percentile.Add(value.OfDouble(math.Float64frombits(bits)))
	}
	if n := distinct.(growing).size(); n > distinctRegisters {
		t.Errorf("a sketch takes %d bytes", n)
	}
	if n := percentile.(growing).size(); n > 1_500_000 {
		t.Errorf("bins take %d bytes", n)
	}
	if n := testing.AllocsPerRun(1000, func() { distinct.Add(value.OfString("one more")); percentile.Add(value.OfDouble(7.5)) }); n > 0 {
		t.Errorf("adding to sketches allocates %v times", n)
	}
}

// TestBinsAreThoseOfTheLibrary: a size is in the bin, and a bin stands for the size, that DataDog's sketches have.
func TestBinsAreThoseOfTheLibrary(t *testing.T) {
	library, err := mapping.NewLogarithmicMapping(binAccuracy)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 8))
	for range 100_000 {
		size := math.Float64frombits(random.Uint64() &^ (1 << 63))
		if !(size >= leastBinned && size <= library.MaxIndexableValue() && size >= library.MinIndexableValue()) {
			continue
		}
		ours, theirs := sizeOf(binOf(size)), library.Value(library.Index(size))
		if math.Abs(ours-size) > 1.0001*binAccuracy*size || math.Abs(ours-theirs) > 2.03*binAccuracy*size {
			t.Fatalf("%v is about %v, and %v for the library", size, ours, theirs)
		}
	}
	for _, size := range []float64{leastBinned, math.MaxFloat64} {
		if about := sizeOf(binOf(size)); math.Abs(about-size) > 1.0001*binAccuracy*size {
			t.Errorf("%v is about %v", size, about)
		}
	}
}

func TestApproximateOf(t *testing.T) {
	for _, f := range []Func{{Name: "sum"}, {Name: "count"}, {Name: "approx_pct"}} {
		if got := f.Approximate(); got != f {
			t.Errorf("%s becomes %s", f.Name, got.Name)
		}
	}
	if (Func{Name: "pct"}).Bound() != "" || (Func{Name: "pct"}).Approximate().Bound() == "" {
		t.Error("the bound is not that of the function that estimates")
	}
}
