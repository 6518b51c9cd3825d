// Package archive decompresses streams: it knows a compression by its magic bytes, never by a name, and yields the bytes
// inside. A file for each kind.
//
// It keeps nothing on disk and does not look at what the bytes mean. An Opener belongs to one goroutine; it lends its
// decoders to the stream that it opened last and uses them again for the next one.
package archive

import (
	"bufio"
	"errors"
	"io"
	"slices"
)

// maxLevels is how often a stream may be compressed over again.
const maxLevels = 3

// ErrTooDeep is a stream that is compressed more than three times over.
var ErrTooDeep = errors.New("compressed more than three times over")

// decoder is one kind of compression.
type decoder interface {
	io.Reader
	// matches reports whether a stream that begins with these bytes is of this kind.
	matches(magic []byte) bool
	// reset makes the decoder read a new stream.
	reset(r *bufio.Reader) error
	// kind is the name of the compression, as coverage shows it.
	kind() string
	// notes are oddities met so far that cost nothing.
	notes() []string
}

// kinds makes a decoder of each kind; one that never reset costs nothing.
var kinds = []func() decoder{
	func() decoder { return &gzipDecoder{} },
	func() decoder { return &zstdDecoder{} },
}

// magicSize is how many bytes tell a compression.
const magicSize = 4

// Opener opens streams, one after another.
type Opener struct {
	levels []level
	open   int // levels in use
	spare  []decoder
}

// level is one compression around another.
type level struct {
	input   *bufio.Reader
	decoder decoder
}

// Open returns the decompressed bytes of r, through up to three compressions one in the other. An error of the returned
// reader names the compression. Opening ends the use of the reader returned before.
func (o *Opener) Open(r io.Reader) (io.Reader, error) {
	for ; o.open > 0; o.open-- {
		o.spare = append(o.spare, o.levels[o.open-1].decoder)
	}
	for {
		if o.open == len(o.levels) {
			o.levels = append(o.levels, level{input: bufio.NewReaderSize(nil, 64<<10)})
		}
		l := &o.levels[o.open]
		l.input.Reset(r)
		magic, _ := l.input.Peek(magicSize) // what cannot be read shows again when it is read
		d := o.decoderFor(magic)
		if d == nil {
			return l.input, nil
		}
		if o.open == maxLevels {
			return nil, ErrTooDeep
		}
		l.decoder = d
		o.open++
		if err := d.reset(l.input); err != nil {
			return nil, err
		}
		r = d
	}
}

// decoderFor returns a decoder for a stream that begins with magic, nil if it is not compressed.
func (o *Opener) decoderFor(magic []byte) decoder {
	for i, d := range o.spare {
		if d.matches(magic) {
			o.spare = slices.Delete(o.spare, i, i+1)
			return d
		}
	}
	for _, make := range kinds {
		if d := make(); d.matches(magic) {
			return d
		}
	}
	return nil
}

// Kind returns the compressions of the open stream, the outer first: "gzip", "gzip+zstd", "" for none.
func (o *Opener) Kind() string {
	name := ""
	for _, l := range o.levels[:o.open] {
		if name != "" {
			name += "+"
		}
		name += l.decoder.kind()
	}
	return name
}

// Notes returns the oddities of the open stream that cost nothing, such as a stray byte behind its end.
func (o *Opener) Notes() []string {
	var out []string
	for _, l := range o.levels[:o.open] {
		out = append(out, l.decoder.notes()...)
	}
	return out
}
