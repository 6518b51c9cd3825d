package literal

import (
	"cmp"
	"slices"
)

// width is how many bytes a fingerprint has.
const width = 3

// fingerprint is which bytes may stand at three places in a row: any where the literal has ended.
type fingerprint [width]byteSet

// fingerprintOf is of the bytes of a literal from an offset on.
func fingerprintOf(l Literal, offset int) (f fingerprint) {
	for k := range f {
		if offset+k >= len(l.Text) {
			f[k] = byteSet{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
			continue
		}
		c := l.Text[offset+k]
		f[k].add(c)
		if l.Fold && isLower(c) {
			f[k].add(c - 'a' + 'A')
		}
	}
	return f
}

func (f fingerprint) or(g fingerprint) fingerprint {
	for k := range f {
		f[k] = f[k].or(g[k])
	}
	return f
}

// likely is the part of the places in logs where the fingerprint fits, if tables are looked up by halves of bytes or not.
func (f fingerprint) likely(byHalves bool) float64 {
	p := 1.0
	for k := range f {
		set := f[k]
		if byHalves {
			set = set.byHalves()
		}
		p *= set.share()
	}
	return p
}

// bucket is some of the literals, looked for by one fingerprint that fits for each of them.
type bucket struct {
	fingerprint
	literals []anchored
}

// buckets shares literals out to at most n buckets, so that few places are taken for one where a literal may stand. Those
// that are most likely come first, and each goes where it adds least.
func buckets(list []Literal, n int, byHalves bool) []bucket {
	type entry struct {
		anchored
		likely float64
	}
	var entries []entry
	for _, l := range list {
		offset, likely := l.rarest(min(width, len(l.Text)))
		entries = append(entries, entry{anchored{l, offset}, likely})
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(b.likely, a.likely) })
	out := make([]bucket, n)
	for _, e := range entries {
		f := fingerprintOf(e.literal, e.offset)
		best, least := 0, 0.0
		for i, b := range out {
			added := b.or(f).likely(byHalves) - b.likely(byHalves)
			if i == 0 || added < least {
				best, least = i, added
			}
		}
		b := &out[best]
		b.fingerprint = b.or(f)
		b.literals = append(b.literals, e.anchored)
	}
	return out
}
