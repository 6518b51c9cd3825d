package lzma

// rangeDecoder gives bits by their odds.
type rangeDecoder struct {
	in          []byte
	i           int
	width, code uint32
	more        func() ([]byte, error) // what is behind in
	err         error
}

const start = 5 // bytes

func (r *rangeDecoder) byte() byte {
	if r.i == len(r.in) && r.err == nil {
		r.in, r.err = r.more()
		r.i = 0
	}
	if r.err != nil {
		return 0
	}
	r.i++
	return r.in[r.i-1]
}

// start reads what a stream or chunk begins with.
func (r *rangeDecoder) start() error {
	first := r.byte()
	r.width, r.code = 1<<32-1, 0
	for range start - 1 {
		r.code = r.code<<8 | uint32(r.byte())
	}
	if r.err == nil && (first != 0 || r.code == r.width) {
		r.err = ErrDamaged
	}
	return r.err
}

func (r *rangeDecoder) normalize() {
	if r.width < 1<<24 {
		r.width <<= 8
		if r.i < len(r.in) {
			r.code = r.code<<8 | uint32(r.in[r.i])
			r.i++
			return
		}
		r.code = r.code<<8 | uint32(r.byte())
	}
}

// bit returns the next bit. p is how often of 2048 it is 0, and learns.
func (r *rangeDecoder) bit(p *uint16) uint32 {
	r.normalize()
	bound := r.width >> 11 * uint32(*p)
	if r.code < bound {
		r.width = bound
		*p += (1<<11 - *p) >> 5
		return 0
	}
	r.width -= bound
	r.code -= bound
	*p -= *p >> 5
	return 1
}

// even returns bits whose odds are even.
func (r *rangeDecoder) even(n uint32) (v uint32) {
	for range n {
		r.normalize()
		r.width >>= 1
		bit := uint32(0)
		if r.code >= r.width {
			r.code -= r.width
			bit = 1
		}
		v = v<<1 | bit
	}
	return v
}

// tree returns as many bits as lead to a leaf of odds, the highest first.
func (r *rangeDecoder) tree(odds []uint16) uint32 {
	at := uint32(1)
	for at < uint32(len(odds)) {
		at = at<<1 | r.bit(&odds[at])
	}
	return at - uint32(len(odds))
}

// reversed returns n bits, the lowest first.
func (r *rangeDecoder) reversed(odds []uint16, n uint32) (v uint32) {
	at := uint32(1)
	for i := range n {
		bit := r.bit(&odds[at])
		at = at<<1 | bit
		v |= bit << i
	}
	return v
}
