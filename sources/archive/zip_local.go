package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
)

// zipLocal finds the members of a zip archive that has lost its directory, by the headers before their data.
type zipLocal struct {
	at        io.ReaderAt
	size, pos int64
	buf       []byte
}

const (
	localHeader = 30 // bytes before the name
	maxZipName  = 4096
)

var (
	localMagic      = []byte("PK\x03\x04")
	descriptorMagic = []byte("PK\x07\x08")
)

// next returns the next member. One whose length only stands behind it ends where its compression ends, or where its
// description stands; without either it reaches to the end. The next one is then looked for in its data.
func (z *zipLocal) next() (*zipMember, error) {
	for {
		found, err := z.find(localMagic, z.pos)
		if err != nil {
			return nil, err
		}
		z.pos = found + int64(len(localMagic))
		head := make([]byte, localHeader)
		if n, err := z.at.ReadAt(head, found); n < len(head) {
			return nil, endOf(err)
		}
		m, ok := z.member(head, found)
		if ok && !bytes.HasSuffix([]byte(m.name), []byte("/")) {
			return m, nil
		}
	}
}

// find returns the next place, from a place on, at which magic stands.
func (z *zipLocal) find(magic []byte, from int64) (int64, error) {
	if z.buf == nil {
		z.buf = make([]byte, 64<<10)
	}
	for {
		n, err := z.at.ReadAt(z.buf, from)
		if i := bytes.Index(z.buf[:n], magic); i >= 0 {
			return from + int64(i), nil
		}
		if err != nil || n < len(magic) {
			return 0, endOf(err)
		}
		from += int64(n - len(magic) + 1)
	}
}

// endOf makes the end of the archive of an error at its end.
func endOf(err error) error {
	if err == nil {
		return io.EOF
	}
	return err
}

// member reads a header at a place, and reports whether it is one.
func (z *zipLocal) member(head []byte, at int64) (*zipMember, bool) {
	le := binary.LittleEndian
	nameLen, extraLen := int(le.Uint16(head[26:])), int(le.Uint16(head[28:]))
	m := &zipMember{
		flags: le.Uint16(head[6:]), method: le.Uint16(head[8:]), time: le.Uint16(head[10:]), crc: le.Uint32(head[14:]),
		stored: uint64(le.Uint32(head[18:])), size: int64(le.Uint32(head[22:])),
	}
	if head[4] > 63 || nameLen == 0 || nameLen > maxZipName { // no such version of the format
		return nil, false
	}
	rest := make([]byte, nameLen+extraLen)
	if n, _ := z.at.ReadAt(rest, at+localHeader); n < len(rest) {
		return nil, false
	}
	m.name, m.extra = string(rest[:nameLen]), rest[nameLen:]
	m.zip64()
	start := at + localHeader + int64(len(rest))
	m.start = start
	if m.flags&flagDescriptor != 0 && m.stored == 0 {
		m.size = -1
		m.stored = uint64(z.size - start)
		if m.method == zip.Store || m.flags&flagEncrypted != 0 { // such data does not tell where it ends
			z.describe(m, start)
		}
	} else {
		m.stored = min(m.stored, uint64(z.size-start))
		z.pos = start + int64(m.stored)
	}
	m.raw = io.NewSectionReader(z.at, start, int64(m.stored))
	return m, true
}

// describe takes sizes and checksum from the description behind the data that begins at start, if there is one.
func (z *zipLocal) describe(m *zipMember, start int64) {
	for from := start; ; from++ {
		at, err := z.find(descriptorMagic, from)
		if err != nil {
			return
		}
		from = at
		var b [16]byte
		if n, _ := z.at.ReadAt(b[:], at); n < len(b) {
			return
		}
		if stored := binary.LittleEndian.Uint32(b[8:]); int64(stored) == at-start {
			m.crc, m.stored, m.size = binary.LittleEndian.Uint32(b[4:]), uint64(stored), int64(binary.LittleEndian.Uint32(b[12:]))
			z.pos = at
			return
		}
	}
}

// zip64 takes sizes from the extra field where they are too large for the header.
func (m *zipMember) zip64() {
	const id, unset = 1, 1<<32 - 1
	b := extraField(m.extra, id)
	if m.size == unset && len(b) >= 8 {
		m.size, b = int64(binary.LittleEndian.Uint64(b)), b[8:]
	}
	if m.stored == unset && len(b) >= 8 {
		m.stored = binary.LittleEndian.Uint64(b)
	}
}

// directorySize returns the size of an archive's directory as the archive states it, 0 if it does not.
func directorySize(at io.ReaderAt, size int64) int64 {
	const (
		record, record64, locator = 22, 56, 20
		maxComment                = 1<<16 - 1
		unset                     = 1<<32 - 1
	)
	le := binary.LittleEndian
	tail := make([]byte, min(size, locator+record+maxComment))
	if n, _ := at.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return 0
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail)-i < record {
		return 0
	}
	stated := int64(le.Uint32(tail[i+12:]))
	if stated != unset || i < locator {
		return stated
	}
	var b [record64]byte
	if n, _ := at.ReadAt(b[:], int64(le.Uint64(tail[i-locator+8:]))); n < len(b) {
		return 0
	}
	return int64(le.Uint64(b[40:]))
}

// extraField returns the content of the extra field with an id, nil if there is none.
func extraField(extra []byte, id uint16) []byte {
	for len(extra) >= 4 {
		size := int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra)-4 {
			return nil
		}
		if binary.LittleEndian.Uint16(extra) == id {
			return extra[4 : 4+size]
		}
		extra = extra[4+size:]
	}
	return nil
}
