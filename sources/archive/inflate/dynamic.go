package inflate

const (
	maxLitlens   = 286 // symbols of literals and lengths that a block may use
	maxDistances = 30
	maxPrecode   = 7 // bits of a code length's code

	precodes      = 19 // symbols of code lengths
	precodeMask   = 1<<maxPrecode - 1
	precodeLength = 16
	// precodeRepeat is the extra bits of the code that says the length before again; no other has as many.
	precodeRepeat = 2

	// briefBlock is the compressed bytes of a block that is decoded before the entries of two symbols have paid for
	// themselves. Blocks are mostly as long as the one before, in the next of many small files too.
	briefBlock = 3000
)

// precodeOrder is the order in which a block gives the lengths of the codes of its code lengths.
var precodeOrder = [precodes]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamicBlock reads a block's own codes. It reports false if the input does not hold them whole.
func (r *Reader) dynamicBlock() (bool, error) {
	counts, ok := r.take(14)
	if !ok {
		return false, nil
	}
	litlens, distances, given := counts&31+257, counts>>5&31+1, counts>>10+4
	if litlens > maxLitlens || distances > maxDistances {
		return true, errCounts
	}
	var lengths [precodes]uint8
	for _, symbol := range precodeOrder[:given] {
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
	if !r.own.build(b, litlens, !r.brief) {
		return true, errCode
	}
	return true, nil
}

// readLengths reads n code lengths, which are coded by the precode, into the builder.
func (r *Reader) readLengths(n int) (bool, error) {
	b := &r.build
	b.clear()
	bits, count := r.bits, r.count
	length := uint64(0)
	for i := 0; i < n; {
		if count < maxPrecode+7 {
			r.bits, r.count = bits, count
			r.refill()
			bits, count = r.bits, r.count
		}
		e := uint64(b.precode[bits&precodeMask])
		width, extra := e&15, e>>4&7
		if e&entryNothing != 0 {
			r.bits, r.count = bits, count
			return count >= maxPrecode, errSymbol
		}
		if width+extra > count {
			return false, nil
		}
		if extra == 0 {
			bits >>= width & 63
			count -= width
			length = e >> precodeLength
			b.add(i, uint8(length))
			i++
			continue
		}
		run := int(e>>8&15 + bits>>width&(1<<extra-1))
		bits >>= (width + extra) & 63
		count -= width + extra
		if i+run > n || extra == precodeRepeat && i == 0 {
			r.bits, r.count = bits, count
			return true, errRepeat
		}
		if extra != precodeRepeat {
			length = 0
		}
		if length != 0 {
			for k := range run {
				b.add(i+k, uint8(length))
			}
		}
		i += run
	}
	r.bits, r.count = bits, count
	return true, nil
}
