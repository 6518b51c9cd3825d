package inflate

import (
	"errors"
	"fmt"
	"io"
)

// Error is damage of the compressed stream.
type Error struct {
	Format string // "gzip" or "deflate"
	Offset int64  // in bytes from the start of the compressed stream: where decoding could not go on
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %v, at byte %d of the compressed stream", e.Format, e.Err, e.Offset)
}

func (e *Error) Unwrap() error { return e.Err }

// What is wrong with a stream.
var (
	errCutOff   = fmt.Errorf("the stream is cut off: %w", io.ErrUnexpectedEOF)
	errHeader   = errors.New("a member's header is damaged")
	errFlags    = fmt.Errorf("%w: its reserved flags are set", errHeader)
	errChecksum = errors.New("the checksum is wrong: some of the bytes before are not what was compressed")
	errSize     = errors.New("the length is wrong: some of the bytes before are not what was compressed")
	errBlock    = errors.New("a block of the reserved type")
	errStored   = errors.New("a stored block's length is damaged")
	errCounts   = errors.New("a block's Huffman codes are too many")
	errRepeat   = errors.New("a block's code lengths are damaged")
	errCode     = errors.New("a block's Huffman code is over-subscribed or incomplete")
	errSymbol   = errors.New("bits that are no symbol of the block's Huffman code")
	errDistance = errors.New("a match begins before the start of the data")
)

// errStray is what stands behind the last member and is not gzip.
type errStray int64

func (e errStray) Error() string {
	return fmt.Sprintf("%d bytes behind the last member are not gzip", int64(e))
}

// fail ends the stream.
func (r *Reader) fail(err error) { r.failAt(r.offset(), err) }

func (r *Reader) failAt(offset int64, err error) {
	r.err = &Error{Format: string(r.format), Offset: offset, Err: err}
}
