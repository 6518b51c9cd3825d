package agg

import (
	"encoding/binary"
	"math"
	"slices"

	"retrohunt/engine/value"
)

const (
	// exactNumbers is how many numbers an approximate percentile keeps themselves; with more it counts them in bins.
	exactNumbers = 1000
	// binAccuracy is how far a number is from what its bin stands for, at most, as a part of its size.
	binAccuracy = 0.01
	// binWidth is by what a bin's end is larger than its start.
	binWidth = (1 + binAccuracy) / (1 - binAccuracy)
	// leastBinned is the least size that has a bin; what is smaller counts as zero.
	leastBinned = 0x1p-1022
)

var logBinWidth = math.Log(binWidth)

// binOf is the bin of a size from leastBinned up.
func binOf(size float64) int { return int(math.Ceil(math.Log(size) / logBinWidth)) }

// sizeOf is what the sizes in a bin are about: no further from any of them than binAccuracy.
func sizeOf(bin int) float64 {
	return math.Min(2/(binWidth+1)*math.Exp(float64(bin)*logBinWidth), math.MaxFloat64)
}

// approxPercentile is percentile in bounded memory, by DDSketch: beyond some numbers it knows only how many are in each bin. Which form it
// has depends on how many there are, and counts add up, so the estimate is the same in whatever order numbers come and parts are merged.
type approxPercentile struct {
	exact  percentile
	binned *binned // nil while numbers are kept
}

// binned are numbers counted in bins: from the least up those below zero, by their sizes, zeros, and those above. Infinities, which
// have no bin, are counted beside.
type binned struct {
	minusInf, zeros, inf int64
	below, above         side
}

// side are the bins on one side of zero: how many numbers each has, from the bin first on.
type side struct {
	first  int
	counts []int64
	total  int64
}

// sideGrowth is how many bins more than asked for are made at either end.
const sideGrowth = 64

func (s *side) add(bin int, n int64) {
	switch end := s.first + len(s.counts); {
	case len(s.counts) == 0:
		s.first, s.counts = bin-sideGrowth, make([]int64, 2*sideGrowth)
	case bin < s.first:
		more := s.first - bin + sideGrowth
		s.first, s.counts = s.first-more, slices.Insert(s.counts, 0, make([]int64, more)...)
	case bin >= end:
		s.counts = append(s.counts, make([]int64, bin-end+sideGrowth)...)
	}
	s.counts[bin-s.first] += n
	s.total += n
}

// each calls do for each bin with numbers, in order.
func (s *side) each(do func(bin int, n int64)) {
	for i, n := range s.counts {
		if n > 0 {
			do(s.first+i, n)
		}
	}
}

func (s *side) merge(o *side) { o.each(s.add) }

// at is what the number at a place, from 0, by ascending size is about.
func (s *side) at(place int64) float64 {
	for i, n := range s.counts {
		if place -= n; place < 0 {
			return sizeOf(s.first + i)
		}
	}
	panic("agg: a side has fewer numbers than it says")
}

func (b *binned) add(x float64) {
	switch {
	case math.IsInf(x, -1):
		b.minusInf++
	case math.IsInf(x, 1):
		b.inf++
	case math.Abs(x) < leastBinned:
		b.zeros++
	case x < 0:
		b.below.add(binOf(-x), 1)
	default:
		b.above.add(binOf(x), 1)
	}
}

func (b *binned) len() int64 { return b.minusInf + b.below.total + b.zeros + b.above.total + b.inf }

// at is what the number at a place, from 0, is about.
func (b *binned) at(place int64) float64 {
	if place -= b.minusInf; place < 0 {
		return math.Inf(-1)
	}
	if place < b.below.total {
		return -b.below.at(b.below.total - 1 - place)
	}
	if place -= b.below.total + b.zeros; place < 0 {
		return 0
	}
	if place >= b.above.total {
		return math.Inf(1)
	}
	return b.above.at(place)
}

func (s *approxPercentile) Add(v value.Value) {
	before := len(s.exact.numbers)
	s.exact.Add(v)
	switch {
	case s.binned == nil:
		s.settle()
	case len(s.exact.numbers) > before: // it is there to read numbers only
		s.drain()
	}
}

// settle goes over to bins when there are too many numbers to keep.
func (s *approxPercentile) settle() {
	if len(s.exact.numbers) > exactNumbers {
		s.binned = &binned{}
		s.drain()
	}
}

// drain counts in bins what was kept.
func (s *approxPercentile) drain() {
	for _, x := range s.exact.numbers {
		s.binned.add(x)
	}
	if cap(s.exact.numbers) > 1 {
		s.exact.numbers = make([]float64, 0, 1)
	}
	s.exact.numbers = s.exact.numbers[:0]
}

func (s *approxPercentile) Merge(other State) {
	o := other.(*approxPercentile)
	if s.binned == nil {
		s.binned, o.binned = o.binned, nil
	}
	s.exact.Merge(&o.exact)
	if s.binned == nil {
		s.settle()
		return
	}
	s.drain()
	if b := o.binned; b != nil {
		s.binned.minusInf += b.minusInf
		s.binned.zeros += b.zeros
		s.binned.inf += b.inf
		s.binned.below.merge(&b.below)
		s.binned.above.merge(&b.above)
	}
}

func (s *approxPercentile) Result() value.Value {
	if s.binned == nil {
		return s.exact.Result()
	}
	n := s.binned.len()
	whole, rest := place(int(n), s.exact.percent)
	switch at := int64(whole); {
	case at < 1:
		return value.OfDouble(s.binned.at(0))
	case at >= n:
		return value.OfDouble(s.binned.at(n - 1))
	default:
		return value.OfDouble(between(s.binned.at(at-1), s.binned.at(at), rest))
	}
}

func (s *approxPercentile) append(dst []byte) []byte {
	if s.binned == nil {
		return s.exact.append(append(dst, 0))
	}
	dst = append(dst, 1)
	for _, n := range []int64{s.binned.minusInf, s.binned.zeros, s.binned.inf} {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	return s.binned.above.append(s.binned.below.append(dst))
}

// append appends the bins in order, each with its count.
func (s *side) append(dst []byte) []byte {
	n := 0
	s.each(func(int, int64) { n++ })
	dst = binary.AppendUvarint(dst, uint64(n))
	s.each(func(bin int, n int64) {
		dst = binary.AppendUvarint(binary.AppendVarint(dst, int64(bin)), uint64(n))
	})
	return dst
}

func (s *approxPercentile) read(d *decoder) {
	switch d.bytes(1) {
	case "\x00":
		s.exact.read(d)
		d.check(len(s.exact.numbers) <= exactNumbers)
	case "\x01":
		b := &binned{}
		b.minusInf, b.zeros, b.inf = d.counted(), d.counted(), d.counted()
		b.below.read(d)
		b.above.read(d)
		d.check(b.len() > exactNumbers)
		s.binned = b
	default:
		d.fail()
	}
}

// mostCounted bounds counts that are read, so that no sum of some overflows.
const mostCounted = 1 << 53

func (d *decoder) counted() int64 {
	n := d.long()
	d.check(n < mostCounted)
	return n
}

func (s *side) read(d *decoder) {
	least, greatest := int64(binOf(leastBinned)), int64(binOf(math.MaxFloat64))
	for range d.count(2) {
		bin, n := d.varint(), d.counted()
		if d.check(n > 0 && s.total+n < mostCounted && bin >= least && bin <= greatest); d.bad {
			return
		}
		s.add(int(bin), n)
	}
}

// size is what the bins take, about, in bytes.
func (s *approxPercentile) size() int {
	if s.binned == nil {
		return s.exact.size()
	}
	return 8 * (cap(s.binned.below.counts) + cap(s.binned.above.counts))
}
