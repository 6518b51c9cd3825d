package stream

import (
	"slices"
	"testing"

	"retrohunt/sources"
)

func TestLargeInputsComeFirstAndSmallOnesByName(t *testing.T) {
	job := Job{Inputs: []sources.Input{
		{Name: "a", Size: 10},
		{Name: "b", Size: smallInput + 1},
		{Name: "c", Size: smallInput},
		{Name: "d", Size: -1},
		{Name: "e", Size: 1 << 30},
		{Name: "f", Size: 11},
	}}
	if got := order(job); !slices.Equal(got, []int{4, 1, 0, 2, 3, 5}) {
		t.Errorf("%v", got)
	}
	job.Dedup = []string{"id"}
	if got := order(job); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("with Dedup %v", got)
	}
}

func TestCoresAreIdleBesideFewLargeInputs(t *testing.T) {
	const small, large, pipe = 1000, smallInput + 1, -1
	many := make([]int64, manyInputs)
	many[0] = large
	for _, c := range []struct {
		sizes []int64
		want  int // of four
	}{
		{[]int64{large}, 3},
		{[]int64{small, large, small}, 3},
		{[]int64{small, pipe, large, 0}, 2},
		{[]int64{large, large, large, large, large}, 0},
		{[]int64{small, small, small}, 1},
		{many, 0},
	} {
		job := Job{Workers: 4}
		for _, size := range c.sizes {
			job.Inputs = append(job.Inputs, sources.Input{Size: size})
		}
		if got := idleCores(job); got != c.want {
			t.Errorf("%d inputs: %d, want %d", len(c.sizes), got, c.want)
		}
	}
}
