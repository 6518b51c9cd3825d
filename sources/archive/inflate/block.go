package inflate

import "encoding/binary"

// The types of a block.
const (
	blockStored  = 0
	blockFixed   = 1
	blockDynamic = 2
)

// block reads the head of a block. If the input does not hold it whole, nothing of it is consumed.
func (r *Reader) block() bool {
	if r.final {
		r.final = false
		r.endMember()
		return true
	}
	r.unread() // so that ip tells all of the place
	bits, count, ip := r.bits, r.count, r.ip
	if r.readBlock() {
		return true
	}
	r.bits, r.count, r.ip = bits, count, ip
	r.final = false
	return false
}

func (r *Reader) readBlock() bool {
	head, ok := r.take(3)
	if !ok {
		return false
	}
	r.final = head&1 != 0
	switch head >> 1 {
	case blockStored:
		return r.storedBlock()
	case blockFixed:
		r.codes = fixedCodes()
	case blockDynamic:
		ok, err := r.dynamicBlock()
		if err != nil {
			r.fail(err)
		}
		if !ok {
			return false
		}
		r.codes = &r.own
	default:
		r.fail(errBlock)
	}
	r.began = r.offset()
	r.step = stepSymbols
	return true
}

func (r *Reader) storedBlock() bool {
	r.align()
	p := r.bytes(4)
	if p == nil {
		return false
	}
	length := binary.LittleEndian.Uint16(p)
	if length != ^binary.LittleEndian.Uint16(p[2:]) {
		r.fail(errStored)
	}
	r.stored = int(length)
	r.step = stepStored
	return true
}

// copyStored copies what the input and the window have room for.
func (r *Reader) copyStored() bool {
	n := min(r.stored, r.end-r.ip, windowSize-r.op)
	copy(r.out[r.op:], r.in[r.ip:r.ip+n])
	r.op += n
	r.ip += n
	r.stored -= n
	if r.stored == 0 {
		r.step = stepBlock
		return true
	}
	return r.ip < r.end // else the window is full
}
