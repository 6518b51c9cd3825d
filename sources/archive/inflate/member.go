package inflate

import (
	"encoding/binary"
	"io"

	"retrohunt/sources/archive/crc"
)

// step is what the stream goes on with.
type step uint8

const (
	stepFirstMember step = iota // the head of the first member
	stepNextMember              // the head of another member, stray bytes, or the end
	stepExtra                   // what the head's flags announce, in this order
	stepName
	stepComment
	stepHeadSum
	stepBlock   // the head of a block
	stepStored  // the bytes of a stored block
	stepSymbols // the symbols of a block
	stepTrailer // a member's checksum and length
	stepStray   // the bytes behind the last member
)

// advance takes the next step as far as the input goes. It reports false if there must be more of the input.
func (r *Reader) advance() bool {
	switch r.step {
	case stepFirstMember:
		return r.headStart()
	case stepNextMember:
		return r.nextMember()
	case stepExtra:
		return r.headExtra()
	case stepName:
		return r.headText(flagName, stepComment)
	case stepComment:
		return r.headText(flagComment, stepHeadSum)
	case stepHeadSum:
		return r.headSum()
	case stepBlock:
		return r.block()
	case stepStored:
		return r.copyStored()
	case stepSymbols:
		return r.symbols()
	case stepTrailer:
		return r.trailer()
	default:
		return r.skipStray()
	}
}

// The flags of a gzip head. The lowest says that the content is text, which nobody needs to know; the highest three are
// reserved, and must not be set for a decoder would not know how much to pass over.
const (
	flagHeadSum = 1 << 1
	flagExtra   = 1 << 2
	flagName    = 1 << 3
	flagComment = 1 << 4
	flagsBeyond = 7 << 5
)

// maxStray is how many bytes behind the last member are taken for a writer's slip rather than for lost data, which a
// member whose head is damaged would be.
const maxStray = 512

// header is a gzip head while it is passed over.
type header struct {
	flags    byte
	checksum uint32
	extra    int // bytes left of the extra field, -1 before its length
}

// add puts bytes that have been passed over into the head's checksum.
func (h *header) add(p []byte) { h.checksum = crc.Update(h.checksum, p) }

// headStart reads the part of a head that every member has.
func (r *Reader) headStart() bool {
	p := r.bytes(10)
	if p == nil {
		return false
	}
	if p[0] != 0x1f || p[1] != 0x8b || p[2] != 8 {
		r.ip -= 10
		r.fail(errHeader)
		return true
	}
	if p[3]&flagsBeyond != 0 {
		r.fail(errFlags)
		return true
	}
	r.head = header{flags: p[3], extra: -1}
	r.head.add(p)
	r.step = stepExtra
	return true
}

func (r *Reader) headExtra() bool {
	h := &r.head
	if h.flags&flagExtra == 0 {
		r.step = stepName
		return true
	}
	if h.extra < 0 {
		p := r.bytes(2)
		if p == nil {
			return false
		}
		h.add(p)
		h.extra = int(binary.LittleEndian.Uint16(p))
	}
	p := r.bytes(min(h.extra, r.end-r.ip))
	h.add(p)
	h.extra -= len(p)
	if h.extra > 0 {
		return false
	}
	r.step = stepName
	return true
}

// headText passes over a text of the head that ends with a zero, if flag says that there is one.
func (r *Reader) headText(flag byte, next step) bool {
	if r.head.flags&flag == 0 {
		r.step = next
		return true
	}
	rest := r.in[r.ip:r.end]
	for i, c := range rest {
		if c == 0 {
			r.head.add(r.bytes(i + 1))
			r.step = next
			return true
		}
	}
	r.head.add(r.bytes(len(rest)))
	return false
}

func (r *Reader) headSum() bool {
	if r.head.flags&flagHeadSum != 0 {
		p := r.bytes(2)
		if p == nil {
			return false
		}
		if binary.LittleEndian.Uint16(p) != uint16(r.head.checksum) {
			r.fail(errHeader)
			return true
		}
	}
	r.startMember()
	return true
}

// startMember begins the compressed data of a member, which matches cannot look behind.
func (r *Reader) startMember() {
	r.start, r.checked = r.op, r.op
	r.checksum, r.size, r.final = 0, 0, false
	r.step = stepBlock
}

// endMember goes on behind a member's last block.
func (r *Reader) endMember() {
	r.align()
	r.step = stepTrailer
	if r.format == formatDeflate {
		r.err = io.EOF
	}
}

// trailer compares what a member says of its bytes with what they are.
func (r *Reader) trailer() bool {
	p := r.bytes(8)
	if p == nil {
		return false
	}
	r.check()
	switch {
	case binary.LittleEndian.Uint32(p) != r.checksum:
		r.fail(errChecksum)
	case binary.LittleEndian.Uint32(p[4:]) != r.size:
		r.fail(errSize)
	}
	r.step = stepNextMember
	return true
}

// nextMember tells by two bytes whether another member follows.
func (r *Reader) nextMember() bool {
	rest := r.in[r.ip:r.end]
	switch {
	case len(rest) < 2 && !r.atEnd():
		return false
	case len(rest) >= 2 && rest[0] == 0x1f && rest[1] == 0x8b:
		r.step = stepFirstMember
	default:
		r.step = stepStray
	}
	return true
}

// skipStray passes over what stands behind the last member, to the end of the stream.
func (r *Reader) skipStray() bool {
	for _, c := range r.in[r.ip:r.end] {
		r.zeros = r.zeros && c == 0
	}
	r.stray += int64(r.end - r.ip)
	r.ip = r.end
	switch {
	case !r.atEnd():
		return false
	case r.stray > maxStray && !r.zeros:
		r.failAt(r.offset()-r.stray, errStray(r.stray))
		r.stray = 0
	default:
		r.err = io.EOF
	}
	return true
}
