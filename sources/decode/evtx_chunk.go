package decode

import (
	"encoding/binary"
	"hash/crc32"
)

// chunk is one chunk of an EVTX file: where its records are, and how many there should be.
type chunk struct {
	bytes []byte
	size  int // less than chunkSize if the stream ends in it
	at    int // of the record to look at next

	limit    int    // where its header says that the records end
	expected int    // how many records its header has, 0 if that cannot be trusted
	seen     int    // records so far, missing ones included
	last     uint64 // number of the record before; of the first one's, if the header can be trusted
	gaps     bool   // a gap in the numbers means that records are missing
}

// open takes the chunk of which n bytes were read.
func (c *chunk) open(n int) {
	clear(c.bytes[n:])
	*c = chunk{bytes: c.bytes, size: n, at: chunkHeaderSize, limit: n, gaps: true}
	if n < chunkHeaderSize || !c.headerChecks() {
		return
	}
	c.limit = min(n, c.free())
	first, last := binary.LittleEndian.Uint64(c.bytes[8:]), binary.LittleEndian.Uint64(c.bytes[16:])
	if first <= last && last-first < chunkSize/minRecord {
		c.expected = int(last - first + 1)
	}
	// The numbers in the records are the log's; those before are the file's, which has gaps where it is an extract.
	firstID, lastID := binary.LittleEndian.Uint64(c.bytes[24:]), binary.LittleEndian.Uint64(c.bytes[32:])
	c.last = firstID - 1
	c.gaps = lastID-firstID == last-first
}

// free returns where the header says that the records end.
func (c *chunk) free() int {
	free := binary.LittleEndian.Uint32(c.bytes[48:])
	if free < chunkHeaderSize || free > chunkSize {
		return chunkSize
	}
	return int(free)
}

// checks reports whether the checksums of the header and the records are right. Of a chunk that is cut only the first can be.
func (c *chunk) checks() bool {
	return c.headerChecks() &&
		(c.size < chunkSize || crc32.ChecksumIEEE(c.bytes[chunkHeaderSize:c.free()]) == binary.LittleEndian.Uint32(c.bytes[52:]))
}

func (c *chunk) headerChecks() bool {
	sum := crc32.Update(crc32.ChecksumIEEE(c.bytes[:120]), crc32.IEEETable, c.bytes[128:chunkHeaderSize])
	return sum == binary.LittleEndian.Uint32(c.bytes[124:])
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// hasMore reports whether there is a record at c.at, or something that should be one. Behind the end that the header knows
// a record counts only if it follows the one before: the room may hold older ones.
func (c *chunk) hasMore() bool {
	if c.at < c.limit {
		return c.recordSize(c.at) > 0 || !isZero(c.bytes[c.at:c.limit])
	}
	return c.recordSize(c.at) > 0 && c.seen > 0 && c.recordNumber(c.at) == c.last+1
}

// recordSize returns the size of the record at a place, 0 if there is none: its size stands at both of its ends.
func (c *chunk) recordSize(at int) int {
	if at+minRecord > c.size || !hasPrefix(c.bytes[at:], recordMagic) {
		return 0
	}
	size := binary.LittleEndian.Uint32(c.bytes[at+4:])
	if size < minRecord || size > uint32(c.size-at) || binary.LittleEndian.Uint32(c.bytes[at+int(size)-4:]) != size {
		return 0
	}
	return int(size)
}

func (c *chunk) recordNumber(at int) uint64 { return binary.LittleEndian.Uint64(c.bytes[at+8:]) }

// damage returns the length of what is no record at c.at, up to the next one or the end of the records.
func (c *chunk) damage() int {
	for at := c.at + 1; at < c.limit; at++ {
		if c.recordSize(at) > 0 {
			return at - c.at
		}
	}
	return c.limit - c.at
}

// passMissing counts the records that are missing before c.at, and returns how many.
func (c *chunk) passMissing() int {
	missing := c.missing()
	c.seen += missing
	if missing > 0 && c.recordSize(c.at) > 0 {
		c.last = c.recordNumber(c.at) - 1
	}
	return missing
}

// missing returns how many records are missing before the one at c.at, or before the end of the chunk if there is none.
func (c *chunk) missing() int {
	left := c.expected - c.seen
	switch {
	case c.recordSize(c.at) == 0:
		return max(0, left)
	case !c.gaps || c.expected == 0 && c.seen == 0:
		return 0
	}
	number := c.recordNumber(c.at)
	if number <= c.last || number-c.last-1 >= chunkSize/minRecord {
		return 0
	}
	gap := int(number - c.last - 1)
	if c.expected > 0 {
		gap = min(gap, max(0, left-1))
	}
	return gap
}
