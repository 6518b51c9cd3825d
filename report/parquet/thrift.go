package parquet

import "encoding/binary"

// The types of Thrift's compact protocol that are written here.
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
const (
	thriftI32    = 5
	thriftI64    = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

// thrift appends structures in the compact protocol. Fields of a structure are written in the order of their numbers.
type thrift struct {
	buf  []byte
	last []int // number of the last field, of each structure that is open
}

func (t *thrift) begin() { t.last = append(t.last, 0) }

func (t *thrift) end() {
	t.buf = append(t.buf, 0)
	t.last = t.last[:len(t.last)-1]
}

// field writes a field's number, as the distance from the one before, which is 15 at most here, and its type.
func (t *thrift) field(number int, kind byte) {
	last := &t.last[len(t.last)-1]
	t.buf = append(t.buf, byte(number-*last)<<4|kind)
	*last = number
}

// varint writes a number, the sign in its lowest bit.
func (t *thrift) varint(n int64) { t.buf = binary.AppendVarint(t.buf, n) }

func (t *thrift) i32(number int, n int64) {
	t.field(number, thriftI32)
	t.varint(n)
}

func (t *thrift) i64(number int, n int64) {
	t.field(number, thriftI64)
	t.varint(n)
}

func (t *thrift) text(number int, s string) {
	t.field(number, thriftBinary)
	t.bytes(s)
}

func (t *thrift) bytes(s string) {
	t.buf = binary.AppendUvarint(t.buf, uint64(len(s)))
	t.buf = append(t.buf, s...)
}

func (t *thrift) structure(number int, fields func()) {
	t.field(number, thriftStruct)
	t.begin()
	fields()
	t.end()
}

// list begins a list; its elements follow.
func (t *thrift) list(number int, element byte, size int) {
	t.field(number, thriftList)
	if size < 15 {
		t.buf = append(t.buf, byte(size)<<4|element)
		return
	}
	t.buf = append(t.buf, 15<<4|element)
	t.buf = binary.AppendUvarint(t.buf, uint64(size))
}
