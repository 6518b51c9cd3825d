package stream

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"

	"retrohunt/sources"
)

// Custody is what was read of one input, for whoever must account for it.
type Custody struct {
	Name    string
	Size    int64    // bytes as they are stored, or came over standard input
	SHA256  string   // of these bytes, in hexadecimal; "" if they could not be read whole
	Err     string   // why they could not
	Streams []Stream // the input itself, or the members of the archive that it is
}

// Stream is what was read of one stream.
type Stream struct {
	Name      string
	Encoding  string // as sources.Stats has it
	Charset   string
	Framing   string
	Decoded   int64 // bytes
	Events    int64
	Malformed int64 // events
	Lost      int64 // bytes of the malformed
	Undated   int64 // events
	Timed     bool  // First and Last are known
	First     int64 // message time of the earliest event, in milliseconds UTC
	Last      int64
	Skipped   string // why nothing was read; "" if it was
	Damage    string // where and why reading broke off; "" if it did not
}

// span is the message times of a stream's events.
type span struct {
	first, last int64
	timed       bool
	undated     int64
}

func (s *span) add(ms int64, timed bool) {
	switch {
	case !timed:
		s.undated++
	case !s.timed:
		s.first, s.last, s.timed = ms, ms, true
	default:
		s.first, s.last = min(s.first, ms), max(s.last, ms)
	}
}

// streamSince returns what was read of a stream since its coverage stood at before.
func (c *inputCoverage) streamSince(before *inputCoverage, s sources.Stats) Stream {
	out := Stream{
		Name: c.name, Encoding: s.Encoding, Charset: s.Charset, Framing: s.Framing, Decoded: s.Decoded,
		Events: c.events - before.events, Malformed: c.malformed - before.malformed, Lost: c.lost - before.lost,
		Undated: c.span.undated, Timed: c.span.timed, First: c.span.first, Last: c.span.last,
	}
	if n := len(before.skipped); len(c.skipped) > n {
		out.Skipped = c.skipped[n].Reason
	}
	if n := len(before.damaged); len(c.damaged) > n {
		out.Damage = c.damaged[n].String()
	}
	return out
}

// custody accounts for an input that was read.
func (r *run) custody(in sources.Input, c *inputCoverage) {
	c.custody = Custody{Name: in.Name, Size: in.Size, Streams: c.streams}
	sum := r.stdinSum
	var err error
	if in.Name == "-" {
		_, err = io.Copy(io.Discard, r.Sources.Stdin) // what no reader wanted
		c.custody.Size = sum.n
	} else {
		sum, err = sumFile(in.Name)
		c.custody.Size = sum.n
	}
	if err != nil {
		c.custody.Err = err.Error()
		return
	}
	c.custody.SHA256 = hex.EncodeToString(sum.hash.Sum(nil))
}

// summer is a hash that counts.
type summer struct {
	hash hash.Hash
	n    int64
}

func newSummer() *summer { return &summer{hash: sha256.New()} }

func (s *summer) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	return s.hash.Write(p)
}

// sumFile hashes a file as it is stored: in a pass of its own, for archives are not read from front to back. It is in the page
// cache by then, mostly.
func sumFile(name string) (*summer, error) {
	s := newSummer()
	file, err := os.Open(name)
	if err != nil {
		return s, err
	}
	defer file.Close()
	_, err = io.Copy(s, struct{ io.Reader }{file})
	return s, err
}
