package exec

import (
	"fmt"
	"testing"
)

func TestWays(t *testing.T) {
	a, b, c := ways{{1}}, ways{{2}}, ways{{3}}
	cases := []struct {
		name string
		got  ways
		want string
	}{
		{"either", b.or(a), "[[1] [2]]"},
		{"both", b.and(a), "[[1 2]]"},
		{"either holds both", a.or(a.and(b)), "[[1]]"},
		{"both of either", a.or(b).and(b.or(c)), "[[2] [1 3]]"},
		{"the smaller first", a.and(b).or(c), "[[3] [1 2]]"},
		{"what is open stays open", open.or(a), "[[]]"},
		{"what is open asks nothing more", open.and(a), "[[1]]"},
		{"what is fixed changes nothing", ways(nil).or(a), "[[1]]"},
		{"what is fixed stays fixed", ways(nil).and(open), "[]"},
	}
	for _, c := range cases {
		if got := fmt.Sprint(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestWaysAreBounded: of many ways the least are kept, and that nothing is needed is never lost.
func TestWaysAreBounded(t *testing.T) {
	var singles, pairs ways
	for i := range 2 * mostWays {
		singles, pairs = singles.or(ways{{i}}), pairs.or(ways{{i, 1000}})
	}
	if both := pairs.and(singles); len(singles) != mostWays || len(both) != mostWays {
		t.Errorf("%d and %d ways", len(singles), len(both))
	}
	if all := pairs.or(ways{{500}}); len(all[0]) != 1 {
		t.Errorf("the least is %v", all[0])
	}
	if all := pairs.or(open); !all.isOpen() || len(all) != 1 {
		t.Errorf("open is not kept: %v", all)
	}
}
