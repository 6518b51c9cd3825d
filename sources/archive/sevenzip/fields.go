package sevenzip

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// fields is what is left of a directory, or of a part of it. After a mistake there is nothing left, all that is read is zero,
// and err says what the mistake was.
type fields struct {
	b   []byte
	err error
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
	f.b = nil
}

// take returns the next n bytes.
func (f *fields) take(n uint64) []byte {
	if n > uint64(len(f.b)) {
		f.fail("%d bytes are wanted where %d are left", n, len(f.b))
		return nil
	}
	out := f.b[:n]
	f.b = f.b[n:]
	return out
}

func (f *fields) byte() byte {
	b := f.take(1)
	if b == nil {
		return 0
	}
	return b[0]
}

// number returns a number of one to nine bytes: the ones that the first begins with count those behind it, which are the lower
// ones, and its other bits are the highest.
func (f *fields) number() uint64 {
	first := f.byte()
	more := bits.LeadingZeros8(^first)
	var low [8]byte
	copy(low[:], f.take(uint64(more)))
	n := binary.LittleEndian.Uint64(low[:])
	if more < 7 {
		n |= uint64(first&(0x7f>>more)) << (8 * more)
	}
	return n
}

// size returns a number of bytes.
func (f *fields) size() int64 {
	n := f.number()
	if n > math.MaxInt64 {
		f.fail("a size of %d bytes", n)
		return 0
	}
	return int64(n)
}

// count returns a number of things that take a byte each at least.
func (f *fields) count(what string) int {
	n := f.number()
	if n > uint64(len(f.b)) {
		f.fail("%d %s in %d bytes", n, what, len(f.b))
		return 0
	}
	return int(n)
}

// numbers returns where the next n numbers are.
func (f *fields) numbers(n uint64) fields {
	if n > uint64(len(f.b)) {
		f.fail("%d numbers in %d bytes", n, len(f.b))
		return fields{}
	}
	start := f.b
	for range n {
		f.number()
	}
	return fields{b: start[:len(start)-len(f.b)]}
}

// inside ends the use of a part with an external place, which nothing writes.
func (f *fields) inside() {
	if f.byte() != 0 {
		f.fail("a part that is kept elsewhere")
	}
}

// flags are a bit for each of some things. The zero value says no to all.
type flags struct {
	b   []byte
	i   int
	all bool
}

func (f *flags) next() bool {
	if f.all || f.i/8 >= len(f.b) {
		return f.all
	}
	set := f.b[f.i/8]&(0x80>>(f.i%8)) != 0
	f.i++
	return set
}

func (f *fields) flags(n uint64) flags { return flags{b: f.take(n/8 + (n%8+7)/8)} }

// most returns flags that are left out if all are set.
func (f *fields) most(n uint64) flags {
	if f.byte() != 0 {
		return flags{all: true}
	}
	return f.flags(n)
}

// values are four bytes for some of a number of things: checksums, attributes.
type values struct {
	defined flags
	fields
}

func (v *values) next() (value uint32, ok bool) {
	if !v.defined.next() {
		return 0, false
	}
	if b := v.take(4); b != nil {
		return binary.LittleEndian.Uint32(b), true
	}
	return 0, false
}

// values returns the values of n things. The place of those of files is told before them.
func (f *fields) values(n uint64, placed bool) values {
	v := values{defined: f.most(n)}
	if placed {
		f.inside()
	}
	defined := n
	if count := v.defined; !count.all {
		defined = 0
		for range min(n, 8*uint64(len(count.b))) {
			if count.next() {
				defined++
			}
		}
	}
	if defined > uint64(len(f.b))/4 {
		f.fail("%d values in %d bytes", defined, len(f.b))
	}
	v.b = f.take(4 * defined)
	return v
}
