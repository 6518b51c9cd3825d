package archive

import (
	"fmt"
	"io"
)

// freeDecoded is how much may be decoded before the ratio matters.
const freeDecoded = 64 << 20

// BudgetError says which guard stopped the reading of an input, and what raises it.
type BudgetError struct{ Reason string }

func (e *BudgetError) Error() string { return e.Reason }

// budget guards one input against archives that decode to far more than anybody stores. It counts what every compression
// and archive gives, one in the other as well.
type budget struct {
	options *Options
	source  *counted
	decoded int64
	members int
	spent   error
	deal    *deal // nil: all is one
	own     int64 // of what the deal gives to the member that is read
	turn    int   // the member's
}

// decode counts n bytes that were decoded.
func (b *budget) decode(n int) error {
	b.decoded += int64(n)
	switch {
	case b.spent != nil:
	case b.deal != nil:
		if beyond := min(int64(n), b.decoded-b.own); beyond > 0 {
			b.spent = b.deal.decode(b.turn, beyond)
		}
	case b.decoded > b.options.MaxDecoded:
		b.spent = b.options.tooMuch()
	case b.decoded > freeDecoded && b.decoded/b.options.MaxRatio > b.source.stored():
		b.spent = b.options.tooDense()
	}
	return b.spent
}

// member counts a member of an archive.
func (b *budget) member() error {
	b.members++
	switch {
	case b.spent != nil:
	case b.deal != nil:
		b.spent = b.deal.member(b.turn)
	case b.members > b.options.MaxMembers:
		b.spent = b.options.tooMany()
	}
	return b.spent
}

func (o *Options) tooMuch() error {
	return &BudgetError{fmt.Sprintf("a guard against bombs: more than %d bytes decoded; --max-decoded raises it", o.MaxDecoded)}
}

func (o *Options) tooDense() error {
	return &BudgetError{fmt.Sprintf("a guard against bombs: more than %d bytes decoded for each byte stored; --max-ratio raises it", o.MaxRatio)}
}

func (o *Options) tooMany() error {
	return &BudgetError{fmt.Sprintf("a guard against bombs: more than %d members; --max-members raises it", o.MaxMembers)}
}

// counted is a source that counts what is read of it.
type counted struct {
	Source
	n       int64
	unasked int64  // of n: read for what nobody has asked for yet
	ahead   *ahead // which reads it; nil if none does
}

// whole returns the source to read through.
func (c *counted) whole() Source {
	src := Source{Reader: c, Size: c.Size}
	if c.At != nil {
		src.At = countedAt{c}
	}
	return src
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// stored returns how many bytes the input has, as far as known. What is read of it may be more: the same bytes again.
func (c *counted) stored() int64 {
	if c.Size >= 0 {
		return c.Size
	}
	return c.read()
}

// read returns how many bytes were read of the source. What was decoded ahead counts when it is asked for.
func (c *counted) read() int64 {
	if c.ahead != nil {
		return c.ahead.stored
	}
	return c.n - c.unasked
}

type countedAt struct{ c *counted }

func (a countedAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := a.c.At.ReadAt(p, off)
	a.c.n += int64(n)
	return n, err
}

var _ io.ReaderAt = countedAt{}
