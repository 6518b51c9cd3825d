package literal

import "math/bits"

// byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) add(c byte) { s[c>>6] |= 1 << (c & 63) }

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
	for c := range 256 {
		if low>>(c&15)&1 != 0 && high>>(c>>4)&1 != 0 {
			out.add(byte(c))
		}
	}
	return out
}
