package wire

import "encoding/binary"

const (
	// maxIndexed is how long an event may be to be indexed: the index of a longer one would leave the cache before it is read.
	maxIndexed = 64 << 10
	block      = 64
)

// index is where the strings of an event close, for a walk that meets them one after another: what scanString finds out byte by byte.
type index struct {
	closed []uint32 // the closing quotes, in order, none if the event has no index
	next   int      // the string that the walk meets next
	room   []uint32 // for closed
	ascii  bool     // the event is known to be ASCII
	odd    []byte   // a bit for each byte of the event: it is a backslash, or beyond ASCII
	tail   [block]byte
	state  marking
}

// marking is what closings knows of the bytes before a block.
type marking struct {
	//lint:ignore U1000 assembly reads and writes it
	place uint64 // of the block
	//lint:ignore U1000 assembly reads and writes it
	escaped  uint64 // 1: its first byte is escaped
	inString uint64 // all ones: its first byte is within a string
	doubtful uint64 // not 0: there was a control character in a string, or an escape other than of one character
	beyond   uint64 // not 0: there was a byte beyond ASCII
}

// make indexes an event, unless it is long, or has strings that are none, or escapes like \u00e4.
func (x *index) make(src []byte) {
	x.closed, x.next, x.ascii = nil, 0, false
	if !canIndex || len(src) > maxIndexed {
		return
	}
	x.grow(len(src))
	x.state = marking{}
	n, whole := 0, len(src)/block
	if whole > 0 {
		n = closings(&src[0], whole, &x.room[0], &x.odd[0], &x.state)
	}
	if rest := copy(x.tail[:], src[whole*block:]); rest > 0 {
		clear(x.tail[rest:])
		n += closings(&x.tail[0], 1, &x.room[n], &x.odd[whole*block/8], &x.state)
	}
	x.ascii = x.state.beyond == 0
	if x.state.doubtful|x.state.inString == 0 {
		x.closed = x.room[:n]
	}
}

// grow makes room for the strings of n bytes.
func (x *index) grow(n int) {
	if room := n/2 + block; len(x.room) < room {
		x.room = make([]uint32, 2*room)
		x.odd = make([]byte, 2*len(x.room)/8+8)
	}
}

// maxExact is how long a string may be for isOdd to know.
const maxExact = 56

// isOdd reports whether a string may have a backslash or a byte beyond ASCII. It is exact but for long ones and the empty one.
func (x *index) isOdd(start, end int) bool {
	n, at := uint(end-start), uint(start)/8
	return n-1 >= maxExact || binary.LittleEndian.Uint64(x.odd[at:at+8])>>(uint(start)%8)<<(-n%64) != 0
}
