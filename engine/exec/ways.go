package exec

import (
	"cmp"
	"slices"
)

// way is a set of inputs of a plan, ascending. If records had these, an expression might have another value than the one
// that it must have without them.
type way []int

// ways are the least such sets: none holds another. Without any, the value is what it is at any rate; with the empty set
// among them, which then is the only one, the value is not known as it is.
type ways []way

// open are the ways of what is not known.
var open = ways{{}}

// mostWays bounds the work for a query of many fields: the least ways are kept, of which the empty one is the first.
const mostWays = 32

// or are the ways to change one of two.
func (a ways) or(b ways) ways { return least(slices.Concat(a, b)) }

// and are the ways to change both.
func (a ways) and(b ways) ways {
	var all ways
	for _, x := range a {
		for _, y := range b {
			all = append(all, x.union(y))
		}
	}
	return least(all)
}

// isOpen reports whether nothing is needed.
func (a ways) isOpen() bool { return len(a) > 0 && len(a[0]) == 0 }

// within returns whether one of the ways needs no more than w.
func (a ways) within(w way) bool {
	return slices.ContainsFunc(a, func(x way) bool { return w.holds(x) })
}

// least sorts ways by their size, then by their inputs, and drops those that hold another.
func least(all ways) ways {
	slices.SortFunc(all, func(a, b way) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
	var kept ways
	for _, w := range all {
		if len(kept) < mostWays && !kept.within(w) {
			kept = append(kept, w)
		}
	}
	return kept
}

func (w way) union(other way) way {
	out := slices.Concat(w, other)
	slices.Sort(out)
	return slices.Compact(out)
}

// holds reports whether all of other is in w.
func (w way) holds(other way) bool {
	for _, input := range other {
		if _, ok := slices.BinarySearch(w, input); !ok {
			return false
		}
	}
	return true
}
