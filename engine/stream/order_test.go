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
