package inflate

const (
	maxLitlens   = 286 // symbols of literals and lengths that a block may use
	maxDistances = 30
	maxPrecode   = 7 // bits of a code length's code

	precodeMask = 1<<maxPrecode - 1
)

// precodeOrder is the order in which a block gives the lengths of the codes of its code lengths.
var precodeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamicBlock reads a block's own codes. It reports false if the input does not hold them whole.
func (r *Reader) dynamicBlock() (bool, error) {
	counts, ok := r.take(14)
	if !ok {
		return false, nil
	}
	litlens, distances, precodes := counts&31+257, counts>>5&31+1, counts>>10+4
	if litlens > maxLitlens || distances > maxDistances {
		return true, errCounts
	}
	var lengths [len(precodeOrder)]uint8
	for _, symbol := range precodeOrder[:precodes] {
		length, ok := r.take(3)
		if !ok {
			return false, nil
		}
		lengths[symbol] = uint8(length)
	}
	b := &r.build
	if !b.buildPrecode(&lengths) {
		return true, errCode
	}
	if ok, err := r.readLengths(litlens + distances); !ok || err != nil {
		return ok, err
	}
	if !r.own.build(b, b.lengths[:litlens], b.lengths[litlens:litlens+distances]) {
		return true, errCode
	}
	return true, nil
}

// readLengths reads n code lengths, which are coded by the precode, into the builder.
func (r *Reader) readLengths(n int) (bool, error) {
	b := &r.build
	for i := 0; i < n; {
		if r.count < maxPrecode+7 {
			r.refill()
		}
		e := b.precode[r.bits&precodeMask]
		if e == 0 {
			return r.count >= maxPrecode, errSymbol
		}
		width := uint64(e & 15)
		extra := uint64(e >> 4 & 7)
		if width+extra > r.count {
			return false, nil
		}
		run := int(e>>8&15) + int(r.bits>>width&(1<<extra-1))
		r.bits >>= width + extra
		r.count -= width + extra
		length := uint8(e >> 12)
		if extra == 2 { // the length before again
			if i == 0 {
				return true, errRepeat
			}
			length = b.lengths[i-1]
		}
		if i+run > n {
			return true, errRepeat
		}
		b.lengths[i] = length
		for ; run > 1; run-- {
			i++
			b.lengths[i] = length
		}
		i++
	}
	return true, nil
}
