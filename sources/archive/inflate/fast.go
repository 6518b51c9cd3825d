package inflate

import "encoding/binary"

// inputMargin is what the fast loop may look ahead in the input: it fills the bit buffer twice at most, by up to 7 bytes out of 8.
const inputMargin = 16

// outcome is why the fast loop ended.
type outcome int

const (
	marginReached outcome = iota // of the input or of the window
	blockEnded
	badSymbol
	badDistance
)

// fastGo decodes symbols while a whole match with all its bits is sure to fit the input and the window. It may leave noise
// in the bit buffer. It is long because what it works with must stay in registers.
//
// The indexes of the input and the window are masked, which costs less than a bounds check and keeps every access inside:
// the masks never change a value.
func (r *Reader) fastGo() (result outcome) {
	bits, count := r.bits, r.count
	ip, op := r.ip, r.op
	litlen, dist := &r.codes.litlen, &r.codes.dist
	last := r.end - inputMargin

	if ip > last || op > lastStart {
		return marginReached
	}
	bits, count, ip = r.refilled(bits, count, ip)
	e := litlen[bits&litlenMask]
	for ip <= last && op <= lastStart {
		if e >= entryLiterals {
			bits, count = bits>>(e&63), count-uint64(e)
			op = r.literals(op, e)
			e = litlen[bits&litlenMask]
			if e >= entryLiterals {
				bits, count = bits>>(e&63), count-uint64(e)
				op = r.literals(op, e)
				e = litlen[bits&litlenMask]
				if e >= entryLiterals {
					bits, count = bits>>(e&63), count-uint64(e)
					op = r.literals(op, e)
					bits, count, ip = r.refilled(bits, count, ip)
					e = litlen[bits&litlenMask]
					continue
				}
			}
		}
		if e&entrySpecial != 0 {
			if e&(entryEnd|entryNothing) == 0 {
				bits >>= litlenBits
				count -= litlenBits
				e = litlen[(uint64(e>>16)+bits&(1<<(e>>8&15)-1))&(litlenSize-1)]
			}
			if e&entryLiterals != 0 {
				bits, count = bits>>(e&63), count-uint64(e)
				r.out[op&windowMask] = byte(e >> 8)
				op++
				bits, count, ip = r.refilled(bits, count, ip)
				e = litlen[bits&litlenMask]
				continue
			}
			if e&entrySpecial != 0 {
				if e&entryNothing != 0 {
					result = badSymbol
					break
				}
				bits, count = bits>>(e&63), count-uint64(e)
				result = blockEnded
				break
			}
		}
		r.out[op&windowMask] = byte(e >> 8)
		op += int(e >> entryBefore)
		length := int(e>>16&511) + int(bits&(1<<(e&63)-1)>>(e>>entryLengthShift&15))
		bits, count = bits>>(e&63), count-uint64(e)

		bits, count, ip = r.refilled(bits, count, ip)
		e = dist[bits&distMask]
		if e >= entryDistSpecial {
			if e&entryNothing == 0 {
				bits >>= distBits
				count -= distBits
				e = dist[(uint64(e>>16)+bits&(1<<(e>>8&15)-1))&(distSize-1)]
			}
			if e >= entryDistSpecial {
				result = badSymbol
				break
			}
		}
		distance := int(e>>16) + int(bits&(1<<(e&63)-1)>>(e>>entryDistShift&15))
		bits, count = bits>>(e&63), count-uint64(e)
		if distance > op-r.start {
			result = badDistance
			break
		}

		bits, count, ip = r.refilled(bits, count, ip)
		e = litlen[bits&litlenMask] // before the copy, whose branches cannot be foreseen
		from, end := op-distance, op+length
		if distance < 16 {
			r.repeat(op, distance, end)
			op = end
			continue
		}
		r.copy16(op, from)
		r.copy16(op+16, from+16)
		for op += 32; op < end; op += 32 {
			from += 32
			r.copy16(op, from)
			r.copy16(op+16, from+16)
		}
		op = end
	}
	r.bits, r.count, r.ip, r.op = bits, count, ip, op
	return result
}

// refilled returns the bit buffer with at least 56 bits of the input from ip on.
func (r *Reader) refilled(bits, count uint64, ip int) (uint64, uint64, int) {
	next := binary.LittleEndian.Uint64(r.in[ip&inputMask:])
	return bits | next<<(count&63), count | 56, ip + int(7-count>>3&7)
}

// literals puts out the literals of an entry.
func (r *Reader) literals(op int, e uint32) int {
	binary.LittleEndian.PutUint16(r.out[op&windowMask:], uint16(e>>8))
	return op + int(e>>entryLiteralSize&15)
}

// copy16 copies 16 bytes of the window.
func (r *Reader) copy16(to, from int) {
	copy(r.out[to&windowMask:][:16], r.out[from&windowMask:][:16])
}

// repeat copies a match that overlaps what it is copied to: a piece must not be longer than the distance. Of eight bytes
// the first ones, as many as the distance, are right. Behind them the same bytes stand twice, so the distance may double.
func (r *Reader) repeat(op, distance, end int) {
	from := op - distance
	for ; distance < 8; distance *= 2 {
		r.copy8(op, from)
		op += distance
	}
	for ; op < end; op += 8 {
		r.copy8(op, from)
		from += 8
	}
}

// copy8 copies 8 bytes of the window.
func (r *Reader) copy8(to, from int) {
	binary.LittleEndian.PutUint64(r.out[to&windowMask:], binary.LittleEndian.Uint64(r.out[from&windowMask:]))
}
