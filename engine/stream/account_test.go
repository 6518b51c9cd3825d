package stream_test

import (
	"fmt"
	"slices"
	"testing"

	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// TestShardsAreEveryInputOnce, of about one size, and the same in whatever order the inputs come.
func TestShardsAreEveryInputOnce(t *testing.T) {
	var inputs []sources.Input
	for i := range 100 {
		inputs = append(inputs, sources.Input{Name: fmt.Sprintf("%02d", i), Size: int64(i * 7 % 50)})
	}
	backwards := slices.Clone(inputs)
	slices.Reverse(backwards)
	seen := map[int]bool{}
	for i := 1; i <= 7; i++ {
		of, numbers := stream.Shard(inputs, i, 7)
		other, _ := stream.Shard(backwards, i, 7)
		slices.Reverse(other)
		if !slices.Equal(of, other) {
			t.Errorf("shard %d depends on the order of inputs", i)
		}
		var size int64
		for at, n := range numbers {
			if seen[n] || inputs[n] != of[at] {
				t.Errorf("shard %d: number %d", i, n)
			}
			seen[n] = true
			size += of[at].Size
		}
		if size < 300 || size > 400 { // of 2450
			t.Errorf("shard %d has %d bytes", i, size)
		}
	}
	if len(seen) != len(inputs) {
		t.Errorf("%d of %d inputs are in shards", len(seen), len(inputs))
	}
	if of, numbers := stream.Shard(inputs[:2], 3, 3); len(of) != 0 || len(numbers) != 0 {
		t.Errorf("the third of two inputs: %v", of)
	}
}
