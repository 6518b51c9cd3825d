package literal

import (
	"cmp"
	"math"
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

// rarestFingerprint returns where the fingerprint of a literal begins that logs hold least, and the part of their places where it fits.
func rarestFingerprint(l Literal) (offset int, likely float64) {
	likely = math.Inf(1)
	for i := range max(1, len(l.Text)-width+1) {
		if p := fingerprintOf(l, i).likely(false); p < likely {
			offset, likely = i, p
		}
	}
	return offset, likely
}

// likely is the part of the places in logs where the fingerprint fits, if tables are looked up by halves of bytes or not: by how
// frequent its bytes are, and where they are letters of words and digits of numbers, by how frequent these are.
func (f fingerprint) likely(byHalves bool) float64 {
	p := 1.0
	for k := range f {
		if byHalves {
			f[k] = f[k].byHalves()
		}
		p *= f[k].share()
	}
	p += numberShare * f[0].digits() * f[1].digits() * f[2].digits()
	words := threes()
	f[0].each(func(c byte) {
		for _, next := range words[c] {
			if f[1].has(next[0]) && f[2].has(next[1]) {
				p += wordShare
			}
		}
	})
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
	likely   float64 // the part of the places in logs where it fits
	literals []exactly
}

// buckets shares literals out to at most n buckets, so that few places are taken for one where a literal may stand. Those that any
// byte may follow come first, for they make the most of the bytes of others; then those that are most likely. Each goes where it adds least.
func buckets(list []Literal, n int, byHalves bool) []bucket {
	type entry struct {
		anchored
		bytes  int // of the fingerprint that are the literal's
		likely float64
	}
	var entries []entry
	for _, l := range list {
		offset, likely := rarestFingerprint(l)
		entries = append(entries, entry{anchored{l, offset}, min(width, len(l.Text)), likely})
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.bytes, b.bytes), cmp.Compare(b.likely, a.likely))
	})
	out := make([]bucket, n)
	for _, e := range entries {
		f := fingerprintOf(e.literal, e.offset)
		best, least := 0, 0.0
		for i, b := range out {
			added := b.or(f).likely(byHalves) - b.likely
			if i == 0 || added < least {
				best, least = i, added
			}
		}
		b := &out[best]
		b.fingerprint = b.or(f)
		b.likely += least
		b.literals = append(b.literals, exactlyOf(e.anchored))
	}
	return out
}
