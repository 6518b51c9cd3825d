package inventory

import (
	"math"
	"slices"
	"unicode/utf8"
)

// bounded keeps a value for each name, up to a number of names; those of all others are one, the rest. Which names are kept
// depends on the names alone, not on their order nor on who saw them: those with the least hashes. So a name that is kept
// in the end was kept, and counted in full, everywhere from its first time on.
type bounded[V any] struct {
	limit int
	made  func() V
	sum   func(into, from V)
	kept  map[string]V // up to twice the limit between two prunings
	top   uint64       // names with a greater hash belong to the rest
	over  bool         // there were more names than the limit
	rest  V
}

func newBounded[V any](limit int, made func() V, sum func(into, from V)) *bounded[V] {
	return &bounded[V]{limit: limit, made: made, sum: sum, kept: map[string]V{}, top: math.MaxUint64, rest: made()}
}

// at returns the value of a name; it allocates for new names only.
func (b *bounded[V]) at(name []byte) V {
	if v, ok := b.kept[string(name)]; ok {
		return v
	}
	if len(b.kept) >= 2*b.limit {
		b.prune()
	}
	if b.over && hash(string(name)) > b.top {
		return b.rest
	}
	v := b.made()
	b.kept[string(name)] = v
	return v
}

// prune gives all names but those with the least hashes to the rest.
func (b *bounded[V]) prune() {
	if len(b.kept) <= b.limit {
		return
	}
	var hashes []uint64
	for name := range b.kept {
		hashes = append(hashes, hash(name))
	}
	slices.Sort(hashes)
	b.top, b.over = hashes[b.limit-1], true
	for name, v := range b.kept {
		if hash(name) > b.top {
			b.sum(b.rest, v)
			delete(b.kept, name)
		}
	}
}

// merge adds the names of another, which must not be used any more.
func (b *bounded[V]) merge(other *bounded[V]) {
	for name, v := range other.kept {
		b.sum(b.at([]byte(name)), v)
	}
	b.sum(b.rest, other.rest)
	b.over = b.over || other.over
	b.top = min(b.top, other.top)
}

// hash is FNV-1a, its bits mixed once more: it is the same in every run.
func hash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	h ^= h >> 32
	return h * 0x9e3779b97f4a7c15
}

// cut returns a name's first MaxName bytes, no letter cut in two.
func cut(name []byte) []byte {
	if len(name) <= MaxName {
		return name
	}
	n := MaxName
	for n > MaxName-utf8.UTFMax && !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}

// counter counts the events of a name.
type counter struct {
	events int64
	last   int64 // the event that was counted last, where one may have the name several times
}

func (c *counter) merge(other *counter) { c.events += other.events }

// tally counts events by a name.
type tally = bounded[*counter]

func newTally(limit int) *tally {
	return newBounded(limit, func() *counter { return &counter{} }, (*counter).merge)
}
