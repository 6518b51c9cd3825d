package decode

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"retrohunt/normalize/eventxml"
)

// This file reads EVTX, the event log's own files: a header of 4,096 bytes, then chunks of 65,536 bytes, each complete in
// itself. It walks the records of a chunk by their sizes, and counts them against their numbers: a record that is not there
// is Lost, as is one whose binary XML does not read (binxml.go). A damaged record is passed over to the next one in the
// chunk, a damaged chunk to the next chunk. Log files that were copied while in use, or that Windows did not close, have a
// last chunk whose header does not know its last records yet; they are read as far as their numbers go on.
//
// The layout is that of Windows Vista and later, as documented by the libevtx project.

const (
	evtxMagic   = "ElfFile\x00"
	chunkMagic  = "ElfChnk\x00"
	recordMagic = "**\x00\x00"

	evtxHeaderSize  = 4096
	chunkSize       = 64 << 10
	chunkHeaderSize = 512
	recordHead      = 24 // magic, size, number, time
	minRecord       = recordHead + 4
)

type evtxDecoder struct {
	r     io.Reader
	began bool  // the header was read
	done  error // what Next returns from now on
	broke error // why the stream ends in this chunk
	dirty bool  // the file was not closed

	offset int64 // of the chunk in the stream
	number int   // of the chunk, from 0
	chunk  chunk
	inside bool // the chunk has records left, or was not counted yet

	xml  binXML
	json []byte
}

// Reset reads another stream.
func (d *evtxDecoder) Reset(r io.Reader) {
	if d.chunk.bytes == nil {
		d.chunk.bytes = make([]byte, chunkSize)
	}
	*d = evtxDecoder{r: r, number: -1, chunk: chunk{bytes: d.chunk.bytes}, xml: d.xml, json: d.json[:0]}
}

// Next returns the next event.
func (d *evtxDecoder) Next() (Event, error) {
	if !d.began {
		d.readHeader()
	}
	for d.done == nil {
		var lost error
		switch {
		case !d.inside:
			lost = d.nextChunk()
		case d.chunk.hasMore():
			return d.record()
		default:
			lost = d.endChunk()
		}
		if lost != nil {
			return Event{}, lost
		}
	}
	return Event{}, d.done
}

var (
	errNoEVTX    = errors.New("not an EVTX file")
	errCutHeader = errors.New("the input ends inside the header")
	errCutChunk  = errors.New("the input ends inside a chunk")
)

// readHeader reads the header of the file. Only its magic and the mark of a file that was not closed matter.
func (d *evtxDecoder) readHeader() {
	d.began = true
	head := d.chunk.bytes[:evtxHeaderSize]
	n, err := io.ReadFull(d.r, head)
	switch {
	case n >= len(evtxMagic) && !hasPrefix(head, evtxMagic):
		err = errNoEVTX
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		err = errCutHeader
	}
	if err != nil {
		d.done = &BreakError{Err: err}
	}
	d.dirty = binary.LittleEndian.Uint32(head[120:])&1 != 0
	d.offset = evtxHeaderSize - chunkSize
}

// nextChunk reads the next chunk, and returns what is wrong with it. Room that was never used is nothing but zeros.
func (d *evtxDecoder) nextChunk() error {
	d.offset += chunkSize
	if d.broke != nil {
		d.done = &BreakError{Offset: d.offset - chunkSize + int64(d.chunk.size), Err: d.broke}
		return nil
	}
	d.number++
	n, err := io.ReadFull(d.r, d.chunk.bytes)
	switch err {
	case nil:
	case io.EOF:
		d.done = io.EOF
		return nil
	case io.ErrUnexpectedEOF:
		d.broke = errCutChunk
	default:
		d.broke = err
	}
	d.chunk.open(n)
	d.xml.nextChunk()
	switch {
	case isZero(d.chunk.bytes[:n]):
		if d.broke == errCutChunk {
			d.done = io.EOF
		}
		return nil
	case n < chunkHeaderSize:
		return nil
	case !hasPrefix(d.chunk.bytes, chunkMagic):
		return d.lost(0, n, 0, "no chunk header")
	}
	d.inside = true
	if !d.dirty && !d.chunk.checks() {
		return d.lost(0, 0, 0, "a checksum does not match; its records are read as they are")
	}
	return nil
}

// endChunk counts the records of a chunk whose records are read.
func (d *evtxDecoder) endChunk() error {
	d.inside = false
	if missing := d.chunk.expected - d.chunk.seen; missing > 0 {
		return d.lost(d.chunk.at, 0, missing, "its last records are missing")
	}
	return nil
}

// lost names what is lost in the chunk.
func (d *evtxDecoder) lost(at, length, records int, reason string) error {
	return &Lost{
		Offset: d.offset + int64(at), Length: int64(length), Records: records,
		Reason: fmt.Sprintf("chunk %d: %s", d.number, reason),
	}
}

// record returns the next record, or what is lost there.
func (d *evtxDecoder) record() (Event, error) {
	c := &d.chunk
	at, size := c.at, c.recordSize(c.at)
	if size == 0 {
		length := c.damage()
		c.at += length
		return Event{}, d.lost(at, length, c.passMissing(), "not a record")
	}
	if missing := c.passMissing(); missing > 0 {
		return Event{}, d.lost(at, 0, missing, "records are missing")
	}
	c.at += size
	c.seen++
	c.last = c.recordNumber(at)
	if err := d.decode(at, size); err != nil {
		return Event{}, d.lost(at, size, 1, fmt.Sprintf("record %d: %s", c.last, err))
	}
	return Event{JSON: d.json, Offset: d.offset + int64(at)}, nil
}

// decode makes the JSON of a record.
func (d *evtxDecoder) decode(at, size int) (err error) {
	xml, err := d.xml.render(d.chunk.bytes[:d.chunk.size], at+recordHead, at+size-4)
	if err != nil {
		return err
	}
	d.json, err = eventxml.AppendJSON(d.json[:0], xml)
	return err
}
