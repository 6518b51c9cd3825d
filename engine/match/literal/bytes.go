package literal

import "math/bits"

// byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *byteSet) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

func (s byteSet) or(t byteSet) byteSet {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}

// each calls f for the bytes of the set in their order.
func (s byteSet) each(f func(c byte)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			f(byte(i<<6 | bits.TrailingZeros64(word)))
		}
	}
}

// share is how many of the bytes of logs are in the set.
func (s byteSet) share() (sum float64) {
	s.each(func(c byte) { sum += shares[c] })
	return sum
}

// byHalves is the set with all bytes that have the lower four bits of one of its bytes and the upper four of one.
func (s byteSet) byHalves() (out byteSet) {
	var low, high uint16
	s.each(func(c byte) { low, high = low|1<<(c&15), high|1<<(c>>4) })
	for ; high != 0; high &= high - 1 {
		h := bits.TrailingZeros16(high)
		out[h>>2] |= uint64(low) << (16 * (h & 3))
	}
	return out
}

// digits is how many of the ten digits are in the set, as a part of them.
func (s byteSet) digits() float64 { return float64(bits.OnesCount64(s[0]>>'0'&(1<<10-1))) / 10 }
