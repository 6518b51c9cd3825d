package sevenzip

import (
	"bufio"
	"encoding/binary"
	"io"
)

// bcj2 puts the targets of x86's CALL, JMP and conditional jumps back to where they were taken from. Of its four inputs the first is
// the rest, the second and third are the targets, of calls and of jumps, absolute and with the highest byte first. The fourth has
// a bit for each of those instructions, in LZMA's range coding: whether its target was taken.
type bcj2 struct {
	rest, calls, jumps, bits *bufio.Reader

	width, code uint32
	begun       bool // width and code are set
	odds        [258]uint16
	last        byte   // that was given
	at          uint32 // bytes given
	target      [4]byte
	left        []byte // of target
}

func newBCJ2(_ *decoding, _ []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
	b := &bcj2{rest: in[0], calls: in[1], jumps: in[2], bits: in[3]}
	for i := range b.odds {
		b.odds[i] = 1 << 10
	}
	return b, nil
}

func (b *bcj2) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(b.left) > 0 {
			moved := copy(p[n:], b.left)
			b.left = b.left[moved:]
			n += moved
			continue
		}
		before := b.last
		if b.last, err = b.rest.ReadByte(); err != nil {
			return n, err
		}
		p[n] = b.last
		n++
		b.at++
		if isJump(before, b.last) {
			if err = b.jump(before); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func isJump(before, c byte) bool { return c&0xfe == 0xe8 || before == 0x0f && c&0xf0 == 0x80 }

// jump goes on behind the opcode of a jump, if it is one.
func (b *bcj2) jump(before byte) error {
	targets, odds := b.jumps, &b.odds[257]
	switch b.last {
	case 0xe8:
		targets, odds = b.calls, &b.odds[before]
	case 0xe9:
		odds = &b.odds[256]
	}
	taken, err := b.bit(odds)
	if err != nil || !taken {
		return err
	}
	if _, err := io.ReadFull(targets, b.target[:]); err != nil {
		return cutOff(err)
	}
	b.at += 4
	binary.LittleEndian.PutUint32(b.target[:], binary.BigEndian.Uint32(b.target[:])-b.at)
	b.left, b.last = b.target[:], b.target[3]
	return nil
}

// bit returns the next bit, whose odds of being 0 are in 2048ths.
func (b *bcj2) bit(odds *uint16) (bool, error) {
	const start, step = 5, 5
	more := 0
	switch {
	case !b.begun:
		b.begun, b.width, more = true, 1<<32-1, start
	case b.width < 1<<24:
		b.width <<= 8
		more = 1
	}
	for range more {
		c, err := b.bits.ReadByte()
		if err != nil {
			return false, cutOff(err)
		}
		b.code = b.code<<8 | uint32(c)
	}
	bound := b.width >> 11 * uint32(*odds)
	if b.code < bound {
		b.width = bound
		*odds += (1<<11 - *odds) >> step
		return false, nil
	}
	b.width -= bound
	b.code -= bound
	*odds -= *odds >> step
	return true, nil
}
