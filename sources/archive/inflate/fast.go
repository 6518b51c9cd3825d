package inflate

import "encoding/binary"

// inputMargin is what the fast loop may look ahead in the input.
const inputMargin = 32

// outcome is why the fast loop ended.
type outcome int

const (
	marginReached outcome = iota // of the input or of the window
	blockEnded
	badSymbol
	badDistance
)

// fastGo decodes symbols while a whole match with all its bits is sure to fit the input and the window. It may leave noise
// in the bit buffer.
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
	bits |= r.load(ip) << (count & 63)
	ip += int(7 - count>>3&7)
	count |= 56
	e := litlen[bits&litlenMask]
	for ip <= last && op <= lastStart {
		if e >= entryLiterals {
			bits >>= e & 63
			count -= uint64(e)
			binary.LittleEndian.PutUint16(r.out[op&windowMask:], uint16(e>>8))
			op += int(e >> entryLiteralSize & 15)
			e = litlen[bits&litlenMask]
			if e >= entryLiterals {
				bits >>= e & 63
				count -= uint64(e)
				binary.LittleEndian.PutUint16(r.out[op&windowMask:], uint16(e>>8))
				op += int(e >> entryLiteralSize & 15)
				e = litlen[bits&litlenMask]
				if e >= entryLiterals {
					bits >>= e & 63
					count -= uint64(e)
					binary.LittleEndian.PutUint16(r.out[op&windowMask:], uint16(e>>8))
					op += int(e >> entryLiteralSize & 15)
					bits |= r.load(ip) << (count & 63)
					ip += int(7 - count>>3&7)
					count |= 56
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
				bits >>= e & 63
				count -= uint64(e)
				r.out[op&windowMask] = byte(e >> 8)
				op++
				bits |= r.load(ip) << (count & 63)
				ip += int(7 - count>>3&7)
				count |= 56
				e = litlen[bits&litlenMask]
				continue
			}
			if e&entrySpecial != 0 {
				result = blockEnded
				if e&entryNothing != 0 {
					result = badSymbol
				}
				bits >>= e & 63
				count -= uint64(e)
				break
			}
		}
		r.out[op&windowMask] = byte(e >> 8)
		op += int(e >> entryBefore)
		length := int(e>>16&511) + int(bits&(1<<(e&63)-1)>>(e>>entryLengthShift&15))
		bits >>= e & 63
		count -= uint64(e)

		bits |= r.load(ip) << (count & 63)
		ip += int(7 - count>>3&7)
		count |= 56
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
		bits >>= e & 63
		count -= uint64(e)
		if distance > op-r.start {
			result = badDistance
			break
		}

		bits |= r.load(ip) << (count & 63)
		ip += int(7 - count>>3&7)
		count |= 56
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

// load returns the 8 bytes of the input from i on.
func (r *Reader) load(i int) uint64 {
	return binary.LittleEndian.Uint64(r.in[i&inputMask:])
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
