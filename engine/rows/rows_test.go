package rows

import (
	"errors"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"

	"retrohunt/engine/value"
)

// byFirst orders rows by their first column only, so that it shows whether equal rows keep their order.
func byFirst(a, b Row) int { return value.Compare(a[0], b[0]) }

func randomRows(n int) []Row {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]Row, n)
	for i := range out {
		out[i] = Row{value.OfLong(int64(random.IntN(n/3 + 1))), value.OfLong(int64(i)), value.OfString(string(make([]byte, random.IntN(50)))), {}}
	}
	return out
}

func same(a, b Row) bool { return slices.Equal(a, b) }

// TestSorter: with much memory and with nearly none the rows come in the same order, and again.
func TestSorter(t *testing.T) {
	for _, limit := range []int64{1 << 30, 16 << 10} {
		for _, most := range []int{0, 1, 500, 30_000} {
			in := randomRows(20_000)
			want := slices.Clone(in)
			slices.SortStableFunc(want, byFirst)
			if most > 0 {
				want = want[:min(most, len(want))]
			}
			s := NewSorter(byFirst, NewMemory(limit))
			s.Keep(most)
			for _, row := range in {
				s.Add(Clone(row))
			}
			if spilled := limit < 1<<20 && most != 1; s.Spilled() != spilled && most != 500 {
				t.Errorf("limit %d, most %d: spilled is %v", limit, most, s.Spilled())
			}
			if s.Len() != int64(len(want)) && most != 30_000 {
				t.Errorf("limit %d, most %d: the length is %d", limit, most, s.Len())
			}
			for range 2 {
				if got := slices.Collect(s.All()); !slices.EqualFunc(got, want, same) {
					t.Errorf("limit %d, most %d: %d rows, want %d in their order", limit, most, len(got), len(want))
				}
			}
			if got := slices.Collect(s.Drain()); len(got) != len(want) || s.Err() != nil {
				t.Errorf("limit %d, most %d: %d rows drained, %v", limit, most, len(got), s.Err())
			}
		}
	}
}

// TestAbsorb: the rows of several sorters come as those of one, in memory and in files.
func TestAbsorb(t *testing.T) {
	for _, limits := range [][2]int64{{0, 0}, {0, 16 << 10}, {16 << 10, 0}, {16 << 10, 16 << 10}} {
		in := randomRows(5000)
		want := slices.Clone(in)
		slices.SortStableFunc(want, byFirst)
		one, other := NewSorter(byFirst, NewMemory(limits[0])), NewSorter(byFirst, NewMemory(limits[1]))
		for i, row := range in {
			if i < 2000 {
				one.Add(row)
			} else {
				other.Add(row)
			}
		}
		one.Absorb(other)
		if got := slices.Collect(one.Drain()); !slices.EqualFunc(got, want, same) || one.Err() != nil {
			t.Errorf("limits %v: %d rows, %v", limits, len(got), one.Err())
		}
	}
}

// TestManyRuns: more runs than are merged at once are merged in levels, and stay few.
func TestManyRuns(t *testing.T) {
	r := Runs{Compare: byFirst}
	defer r.Close()
	in := randomRows(mostRuns*mostRuns + 100)
	for _, row := range in {
		r.Write(slices.Values([]Row{row}))
	}
	if len(r.runs) >= 3*mostRuns {
		t.Errorf("%d runs", len(r.runs))
	}
	slices.SortStableFunc(in, byFirst)
	if got := slices.Collect(r.Merged(nil)); !slices.EqualFunc(got, in, same) || r.Err() != nil {
		t.Errorf("%d rows, want %d in their order; %v", len(got), len(in), r.Err())
	}
}

// TestNoPlace: where no file can be made, or one was changed, the error shows.
func TestNoPlace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("TMPDIR does not say where temporary files are")
	}
	t.Setenv("TMPDIR", t.TempDir()+"/nowhere")
	s := NewSorter(byFirst, NewMemory(1))
	s.Add(Row{value.OfLong(1)})
	if got := slices.Collect(s.All()); len(got) > 1 {
		t.Errorf("%d rows of one", len(got))
	}
	if !errors.Is(s.Err(), os.ErrNotExist) {
		t.Errorf("the error is %v", s.Err())
	}
}

func TestNoFileIsLeft(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	s := NewSorter(byFirst, NewMemory(1))
	for _, row := range randomRows(100) {
		s.Add(row)
	}
	s.Close()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestBrokenRow(t *testing.T) {
	row := string(appendRow(nil, Row{value.OfLong(1), value.OfString("text")}))
	if _, err := readRow(row, 2); err != nil {
		t.Error(err)
	}
	for _, columns := range []int{0, 1, 3} {
		if _, err := readRow(row, columns); err == nil {
			t.Errorf("%d columns were read", columns)
		}
	}
}
