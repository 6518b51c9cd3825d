package inflate

// symbols decodes a block's symbols as far as the input and the window go.
func (r *Reader) symbols() bool {
	var ended bool
	var err error
	switch r.fast() {
	case blockEnded:
		ended = true
	case badSymbol:
		err = errSymbol
	case badDistance:
		err = errDistance
	}
	r.count &= 63
	r.bits &= 1<<r.count - 1
	ok := true
	for ok && !ended && err == nil && r.op <= lastStart && r.end-r.ip < inputMargin {
		ok, ended, err = r.symbol()
	}
	if err != nil {
		r.fail(err)
	}
	if ended {
		r.brief = r.offset()-r.began < briefBlock
		r.step = stepBlock
	}
	return ok
}

// symbol decodes one symbol. If the input does not hold it whole, nothing is consumed and ok is false. An error is met where the
// fast loop meets it: before bits that are no code, of a length or of a distance, and behind a distance that is too far.
func (r *Reader) symbol() (ok, ended bool, err error) {
	r.refill()
	used := uint64(0)
	e := r.codes.litlen[r.bits&litlenMask]
	if e&(entryLiterals|entrySpecial|entryEnd|entryNothing) == entrySpecial {
		used = litlenBits
		e = r.codes.litlen[uint64(e>>16)&(litlenSize-1)+r.bits>>used&(1<<(e>>8&15)-1)]
	}
	if e&entryLiterals != 0 || e&(entrySpecial|1<<entryBefore) == 1<<entryBefore {
		return r.literal(byte(e >> 8)), false, nil
	}
	if e&entrySpecial != 0 && e&entryNothing != 0 {
		ok, err = r.nothing()
		return ok, false, err
	}
	width := used + uint64(e&255)
	if width > r.count {
		return false, false, nil
	}
	if e&entrySpecial != 0 {
		r.drop(width)
		return true, true, nil
	}
	length := int(e>>16&511) + extraBits(r.bits>>used, e, e>>entryLengthShift&15)
	ok, err = r.match(length, width)
	return ok, false, err
}

// literal puts out a literal and consumes its code.
func (r *Reader) literal(c byte) bool {
	width := uint64(r.codes.lengths[c])
	if width > r.count {
		return false
	}
	r.drop(width)
	r.out[r.op] = c
	r.op++
	return true
}

// match decodes the distance that stands behind the used bits of a length, and copies the match.
func (r *Reader) match(length int, used uint64) (bool, error) {
	e := r.codes.dist[r.bits>>used&distMask]
	if e&(entryDistSpecial|entryNothing) == entryDistSpecial {
		used += distBits
		e = r.codes.dist[uint64(e>>16)&(distSize-1)+r.bits>>used&(1<<(e>>8&15)-1)]
	}
	if e&entryDistSpecial != 0 {
		ok, err := r.nothing()
		if err != nil {
			r.drop(used)
		}
		return ok, err
	}
	width := used + uint64(e&255)
	if width > r.count {
		return false, nil
	}
	distance := int(e>>16) + extraBits(r.bits>>used, e, e>>entryDistShift&15)
	r.drop(width)
	if distance > r.op-r.start {
		return true, errDistance
	}
	for range length {
		r.out[r.op] = r.out[r.op-distance]
		r.op++
	}
	return true, nil
}

// nothing is met by bits that are no code, unless there are too few of them to tell.
func (r *Reader) nothing() (bool, error) {
	if r.count < maxBits && !r.atEnd() {
		return false, nil
	}
	return true, errSymbol
}

func (r *Reader) drop(width uint64) {
	r.bits >>= width
	r.count -= width
}

// extraBits returns what the bits above shift, up to those of the entry e, add to its base.
func extraBits(bits uint64, e, shift uint32) int {
	return int(bits & (1<<(e&63) - 1) >> (shift & 63))
}
