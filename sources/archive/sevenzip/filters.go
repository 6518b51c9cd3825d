package sevenzip

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// delta gives the sum of each byte and the one some bytes before.
type delta struct {
	r        io.Reader
	distance int
	last     [256]byte
	at       int
}

func newDelta(_ *decoding, properties []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
	if len(properties) != 1 {
		return nil, fmt.Errorf("delta with %d bytes of properties", len(properties))
	}
	return &delta{r: in[0], distance: int(properties[0]) + 1}, nil
}

func (d *delta) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	for i := range p[:n] {
		p[i] += d.last[d.at]
		d.last[d.at] = p[i]
		if d.at++; d.at == d.distance {
			d.at = 0
		}
	}
	return n, err
}

// converter makes the absolute addresses of a machine's calls the relative ones that they were.
type converter interface {
	// convert does it for the beginning of b, whose length it returns; what is behind it takes more bytes.
	convert(b []byte) int
}

// filter is a stream with addresses converted. What is too short at its end stays as it is.
type filter struct {
	r         io.Reader
	converter converter
	buffer    [16 << 10]byte
	ready     []byte // converted
	rest      []byte // behind it
	err       error
}

func filteredBy(make func() converter) func(*decoding, []byte, []*bufio.Reader, int64) (io.Reader, error) {
	return func(_ *decoding, _ []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
		return &filter{r: in[0], converter: make()}, nil
	}
}

func (f *filter) Read(p []byte) (int, error) {
	for len(f.ready) == 0 {
		if f.err != nil && len(f.rest) == 0 {
			return 0, f.err
		}
		f.fill()
	}
	n := copy(p, f.ready)
	f.ready = f.ready[n:]
	return n, nil
}

// fill reads on behind the rest, and converts.
func (f *filter) fill() {
	n := copy(f.buffer[:], f.rest)
	for f.err == nil && n < len(f.buffer) {
		var more int
		more, f.err = f.r.Read(f.buffer[n:])
		n += more
	}
	done := f.converter.convert(f.buffer[:n])
	if f.err != nil {
		done = n
	}
	f.ready, f.rest = f.buffer[:done], f.buffer[done:n]
}

// x86 converts the operands of CALL and JMP, E8 and E9. An operand is taken for an address if its highest byte is 00 or FF; how many
// bytes before it looked like an opcode decides whether it is, for it may be the operand of those.
type x86 struct {
	at   uint32 // bytes before
	mask uint32 // which of the three bytes before were an opcode's; bit 0 is the last
}

func (x *x86) convert(b []byte) int {
	const size = 5
	i := 0
	for ; i+size <= len(b); i++ {
		opcode := b[i]&0xfe == 0xe8
		switch {
		case !opcode:
			x.mask = x.mask << 1 & 7
		case x.operand(b[i:], x.at+uint32(i)+size):
			i += size - 1
			x.mask = 0
		default:
			x.mask = (x.mask<<1 | 1) & 7
		}
	}
	x.at += uint32(i)
	return i
}

// operand converts the operand behind an opcode, if it is an address. Next is the place behind it.
func (x *x86) operand(b []byte, next uint32) bool {
	// overlap is how many bytes of the operand the last opcode before may have as its own operand's; it is none of ours if the
	// opcodes before are so many that the encoder did not look.
	overlap := [8]int{0, 1, 2, 2, 3, 3, 3, 3}[x.mask]
	if x.mask != 0 && (x.mask == 3 || x.mask > 4 || isSign(b[4-overlap])) {
		return false
	}
	if !isSign(b[4]) {
		return false
	}
	v := binary.LittleEndian.Uint32(b[1:])
	for {
		v -= next
		if overlap == 0 || !isSign(byte(v>>(24-8*overlap))) {
			break
		}
		v ^= 1<<(32-8*overlap) - 1
	}
	binary.LittleEndian.PutUint32(b[1:], v)
	b[4] = -(byte(v>>24) & 1)
	return true
}

func isSign(b byte) bool { return b == 0x00 || b == 0xff }

// arm64 converts the operands of BL and ADRP.
type arm64 struct{ at uint32 }

func (a *arm64) convert(b []byte) int {
	i := 0
	for ; i+4 <= len(b); i += 4 {
		v := binary.LittleEndian.Uint32(b[i:])
		binary.LittleEndian.PutUint32(b[i:], arm64Instruction(v, a.at+uint32(i)))
	}
	a.at += uint32(i)
	return i
}

// arm64Instruction converts one instruction, at a place.
func arm64Instruction(v, at uint32) uint32 {
	const (
		bl, blMask     = 0x94000000, 0xfc000000
		adrp, adrpMask = 0x90000000, 0x9f000000
		// Pages are converted that are up to 2^20 away, in either direction: in the high bits of the operand that is a sign.
		reach  = 1 << 20
		beyond = 1<<24 - 2*reach
	)
	if v&blMask == bl {
		return bl | (v-at>>2)&^blMask
	}
	if v&adrpMask != adrp {
		return v
	}
	shifted := v - adrp + reach
	if shifted&beyond != 0 {
		return v
	}
	page := shifted&^0x1f | shifted>>26
	page -= at >> 9 &^ 7
	return adrp | shifted&0x1f | page<<26 | 0xffffe0&(page&(2*reach-1)-reach)
}
