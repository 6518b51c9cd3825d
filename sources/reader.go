package sources

import (
	"io"
	"os"

	"retrohunt/sources/archive"
)

// DefaultMaxEvent is the longest event that is read unless Options say otherwise: 64 MiB.
const DefaultMaxEvent = 64 << 20

// Options are what reading needs to know beside the inputs.
type Options struct {
	MaxEvent int       // bytes; a longer event is passed over and counted. 0 is DefaultMaxEvent
	Stdin    io.Reader // what the input "-" reads
}

// Stats is what was read of the open input so far.
type Stats struct {
	Stored   int64    // bytes as they are stored
	Decoded  int64    // bytes after decompression
	Encoding string   // "gzip", "zstd", one in the other as "gzip+zstd", "" for none
	Framing  string   // "lines", "array", "envelope", "objects"
	Notes    []string // oddities that cost nothing
}

// Reader reads one input after another, with the same memory.
type Reader struct {
	options Options
	opener  archive.Opener
	stored  counter
	file    *os.File // nil for standard input
	w       window
	framing framing
	ordinal int64
	done    error // what Next returns from now on

	// Of framings but lines:
	nest    []nesting
	gap     []byte // what stood between the element before and this one
	joint   joint
	checked int64 // bytes that were looked at for swallowed events
}

// NewReader returns a reader that is not open.
func NewReader(o Options) *Reader {
	if o.MaxEvent <= 0 {
		o.MaxEvent = DefaultMaxEvent
	}
	return &Reader{options: o}
}

// counter counts what is read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// Open opens an input. Its error is a *SkipError if the content is no log that can be read, or a *DamageError if the input
// cannot be opened at all. A Reader may be opened again without being closed.
func (r *Reader) Open(in Input) error {
	r.Close()
	source := r.options.Stdin
	if in.Name != "-" {
		file, err := os.Open(in.Name)
		if err != nil {
			return &DamageError{Err: reason(err)}
		}
		r.file, source = file, file
	}
	r.stored = counter{r: source}
	stream, err := r.opener.Open(&r.stored)
	if err != nil {
		return &DamageError{Err: err}
	}
	r.w.reset(stream)
	*r = Reader{
		options: r.options, opener: r.opener, stored: r.stored, file: r.file, w: r.w,
		nest: r.nest[:0], gap: r.gap[:0], joint: joint{text: r.joint.text[:0]},
	}
	framing, skip := detect(&r.w, r.options.MaxEvent)
	if skip != nil {
		return skip
	}
	r.framing = framing
	return nil
}

// Close closes the input.
func (r *Reader) Close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

// Stats returns what was read of the open input so far.
func (r *Reader) Stats() Stats {
	return Stats{
		Stored:   r.stored.n,
		Decoded:  r.w.base + int64(r.w.end),
		Encoding: r.opener.Kind(),
		Framing:  string(r.framing),
		Notes:    r.opener.Notes(),
	}
}

// Next returns the next event. Its error is io.EOF at the end of the input, a *MalformedError for a stretch that is no event,
// behind which Next goes on, or a *DamageError where reading broke off.
func (r *Reader) Next() (Event, error) {
	switch {
	case r.done != nil:
		return Event{}, r.done
	case r.framing == lines:
		return r.nextLine()
	}
	return r.nextElement()
}

// event returns the event that starts so many bytes behind what is consumed.
func (r *Reader) event(raw []byte, skipped int) Event {
	r.ordinal++
	return Event{Raw: raw, Ordinal: r.ordinal, Line: r.w.line, Offset: r.w.offset() + int64(skipped)}
}

// end ends the input where the stream ends. The bytes from offset on were not delivered.
func (r *Reader) end(offset int64) error {
	r.done = r.w.err
	if r.done != io.EOF {
		r.done = &DamageError{Offset: offset, Err: reason(r.w.err)}
	}
	return r.done
}

// breakOff ends the input at offset, with the stream's own error if it has one.
func (r *Reader) breakOff(offset int64, err error) error {
	if r.w.err != nil && r.w.err != io.EOF {
		err = reason(r.w.err)
	}
	r.done = &DamageError{Offset: offset, Err: err}
	return r.done
}
