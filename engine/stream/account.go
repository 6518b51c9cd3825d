package stream

import (
	"cmp"
	"maps"
	"slices"

	"retrohunt/sources"
)

// Account is what was read of one input, for a run that is kept and may be one of several that are merged.
type Account struct {
	Number   int // of the input among those of all runs
	Name     string
	Size     int64    // bytes as stored; -1 if unknown
	Coverage Coverage // of this input alone; what is not told apart by inputs is missing
}

// number is the number of an input, by its index.
func (j *Job) number(i int) int {
	if j.Numbers == nil {
		return i
	}
	return j.Numbers[i]
}

// accounts says what was read of each input that is in no checkpoint.
func (r *run) accounts() []Account {
	out := make([]Account, 0, len(r.Inputs))
	for i := range r.Inputs {
		if !r.handedOver[i] {
			out = append(out, r.account(i))
		}
	}
	return out
}

// account says what was read of an input.
func (r *run) account(i int) Account {
	a := Account{Number: r.number(i), Name: r.Inputs[i].Name, Size: r.Inputs[i].Size}
	a.Coverage.add(&r.coverage[i])
	return a
}

// JoinCoverage returns the coverage of several runs as if they had been one: of what they say of themselves, of the inputs that
// were left out by name, which is the same for all, and of their inputs.
func JoinCoverage(runs []Coverage, skipped []sources.Skip, accounts []Account) Coverage {
	out := Coverage{Queries: runs[0].Queries, Prefiltered: runs[0].Prefiltered, UndatedOut: runs[0].UndatedOut, Skipped: slices.Clone(skipped)}
	categories := map[string]int64{}
	for _, r := range runs {
		for _, c := range r.Categories {
			categories[c.Category] += c.Events
		}
		out.Forgotten += r.Forgotten
		out.Elapsed += r.Elapsed
		out.Partial = out.Partial || r.Partial
	}
	out.Categories = sortedCategories(categories)
	ordered := slices.SortedFunc(slices.Values(accounts), func(a, b Account) int { return cmp.Compare(a.Number, b.Number) })
	for i := range ordered {
		out.join(&ordered[i].Coverage)
	}
	out.sortSkipped()
	return out
}

// join adds the coverage of one input; called in the order of inputs.
func (c *Coverage) join(o *Coverage) {
	c.add(&inputCoverage{
		read: o.Unread == 0, inputs: o.Inputs, stored: o.Stored, decoded: o.Decoded, events: o.Events, filtered: o.Filtered,
		candidates: o.Candidates, hits: o.Hits, undated: o.Undated, outside: o.Outside, duplicates: o.Duplicates,
		malformed: o.Malformed, lost: o.Lost, first: o.First, skipped: o.Skipped, damaged: o.Damaged, notes: o.Notes,
	})
	c.Cut = append(c.Cut, o.Cut...)
}

// sortSkipped brings what was skipped into the order of names.
func (c *Coverage) sortSkipped() {
	slices.SortStableFunc(c.Skipped, func(a, b sources.Skip) int { return cmp.Compare(a.Name, b.Name) })
}

// Shard returns the i-th of n shards of inputs, counted from 1, and the numbers that its inputs have among all. Inputs are dealt out
// by size and then name, the largest first, so that shards are of about one size, and the same whenever they are dealt.
func Shard(inputs []sources.Input, i, n int) (of []sources.Input, numbers []int) {
	bySize := make([]int, len(inputs))
	for at := range bySize {
		bySize[at] = at
	}
	slices.SortStableFunc(bySize, func(a, b int) int {
		return cmp.Or(cmp.Compare(inputs[b].Size, inputs[a].Size), cmp.Compare(inputs[a].Name, inputs[b].Name))
	})
	mine := map[int]bool{}
	for at := i - 1; at < len(bySize); at += n {
		mine[bySize[at]] = true
	}
	numbers = slices.Sorted(maps.Keys(mine))
	for _, at := range numbers {
		of = append(of, inputs[at])
	}
	return of, numbers
}
