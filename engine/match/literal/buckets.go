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

// exactly is a literal in its bucket, and how its own fingerprint, unlike the bucket's, is seen at once in the four bytes
// of a place.
type exactly struct {
	anchored
	small uint32 // what makes capital letters small
	mask  uint32 // the bytes that count
	want  uint32
}

func exactlyOf(a anchored) exactly {
	e := exactly{anchored: a}
	for k := range min(width, len(a.literal.Text)) {
		c := a.literal.Text[a.offset+k]
		if a.literal.Fold && isLower(c) {
			e.small |= 0x20 << (8 * k)
		}
		e.mask |= 0xff << (8 * k)
		e.want |= uint32(c) << (8 * k)
	}
	return e
}

func (e *exactly) fits(four uint32) bool { return (four|e.small)&e.mask == e.want }

// bucket is some of the literals, looked for by one fingerprint that fits for each of them.
type bucket struct {
	fingerprint
	literals []exactly
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
		b.literals = append(b.literals, exactlyOf(e.anchored))
	}
	return out
}
