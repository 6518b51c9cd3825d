package archive

import (
	"bufio"
	"fmt"
	"io"
)

// level is one compression or archive that is open, with what it reads.
type level struct {
	name    string // of the stream
	kind    string
	source  Source
	input   *bufio.Reader
	budget  *budget
	decoder decoder   // nil for an archive
	lender  lender    // of what is decoded; nil if there is none
	ahead   *ahead    // which the decoder is used by; nil if none is
	archive container // nil for a compression
	spooled *spool
	damage  error // of an archive whose members come all the same: it is told behind them
	decoded decoded
	noted   int // notes of the decoder that were told
}

func (l *level) begin(name string, src Source) {
	*l = level{name: name, source: src, input: l.input, budget: l.budget}
	l.input.Reset(src.Reader)
}

// endAhead ends decoding ahead.
func (l *level) endAhead() {
	if l.ahead != nil {
		l.ahead.stop()
		l.ahead = nil
	}
}

// close gives back what the level needed.
func (l *level) close() {
	if a, ok := l.archive.(*zipArchive); ok {
		a.close()
	}
	if z, ok := l.decoder.(*zstdDecoder); ok {
		z.end()
	}
	if l.spooled != nil {
		l.spooled.close()
	}
	l.decoder, l.lender, l.archive, l.spooled, l.source = nil, nil, nil, nil, Source{}
}

// leave ends the use of the member that is open.
func (l *level) leave() {
	if a, ok := l.archive.(*zipArchive); ok {
		a.leave()
	}
}

// deals reports whether each member has a budget of its own.
func (l *level) deals() bool {
	a, ok := l.archive.(*zipArchive)
	return ok && a.deal != nil && !a.lost
}

func (l *level) openArchive(o *Opener) (err error) {
	defer caught(l.kind, &err)
	return l.archive.open(o, l)
}

func (l *level) nextMember() (m member, err error) {
	defer caught(l.kind, &err)
	return l.archive.next()
}

// caught makes an error of a panic: the readers of archives are libraries, and what they read may be made to break them.
func caught(kind string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: the archive is damaged: %v", kind, p)
	}
}

// randomAccess returns the bytes of the level so that they can be read at any place, and their number. A stream is spooled;
// if it breaks off, what came of it is returned, and the level's damage says why there is no more.
func (l *level) randomAccess(o *Opener) (io.ReaderAt, int64, error) {
	if l.source.At != nil {
		return l.source.At, l.source.Size, nil
	}
	l.spooled = &spool{}
	err := l.spooled.fill(l.input, o.options.SpoolLimit)
	if _, isSkip := err.(*SkipError); isSkip {
		return nil, 0, err
	}
	if err != nil {
		l.damage = fmt.Errorf("%s: the archive is cut off: %w", l.kind, err)
	}
	return l.spooled, l.spooled.size, nil
}

// decoded counts what is read through it against the budget. An error stays: libraries go on behind theirs, and a look ahead
// must not hide one.
type decoded struct {
	r      io.Reader
	kind   string
	budget *budget
	err    error
}

func (d *decoded) Read(p []byte) (n int, err error) {
	if d.err != nil {
		return 0, d.err
	}
	n, d.err = d.read(p)
	if spent := d.budget.decode(n); spent != nil {
		d.err = spent
	}
	return n, d.err
}

// lend is Read where a decoder lends what it decodes.
func (d *decoded) lend(from lender, keep int) (block []byte, err error) {
	if d.err != nil {
		return nil, d.err
	}
	if block, d.err = d.lendFrom(from, keep); block == nil {
		return nil, d.err
	}
	if spent := d.budget.decode(len(block) - keep); spent != nil {
		d.err = spent
	}
	return block, d.err
}

func (d *decoded) lendFrom(from lender, keep int) (block []byte, err error) {
	defer caught(d.kind, &err)
	return from.lend(keep)
}

func (d *decoded) read(p []byte) (n int, err error) {
	defer caught(d.kind, &err)
	return d.r.Read(p)
}
