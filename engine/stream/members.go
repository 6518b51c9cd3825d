package stream

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"retrohunt/engine"
	"retrohunt/sources"
)

// This file lets workers read members of one archive at once. Who reads the archive cuts members off it and hands them out; who takes
// them reads them as an input, whose lines are shared as any. What was read of them is summed up in the order of the archive before
// the input ends.

const (
	// memberBits is how many bits count the streams, and the parts, within one member. Above them stands the member's number, so that they
	// are in the order of the archive, whoever reads it.
	memberBits = bits.UintSize / 2
	// mostLater is how many coverages may wait for a member before them.
	mostLater = 4096
)

// archive is an input of which members are handed out.
type archive struct {
	input sources.Input
	place engine.Place   // of the input
	sum   *inputCoverage // of the input, up to later; nil before there is any
	later []*later       // what was read behind, in the order of the archive
	out   *count         // members that are handed out and not read yet, and the reader of the archive
}

// later is what was read of some streams behind others of the same input.
type later struct {
	inputCoverage
	handed bool        // the streams were handed out
	ended  atomic.Bool // nothing is added any more
	told   int64       // stored bytes that were told as progress
}

// members are members of an archive that are handed out.
type members struct {
	*archive
	cut  sources.Members
	read *later
}

// handOutMembers cuts members off the archive that is being read, if somebody is there to read them.
func (w *worker) handOutMembers() bool {
	p, a := w.shared.pool, w.archive
	if w.shared.Strict || p.free.Load() <= int64(len(p.members)) || a != nil && len(a.later) >= mostLater {
		return false
	}
	cut, ok := w.reader.CutMembers(w.shared.partSize())
	if !ok {
		return false
	}
	if a == nil {
		a = &archive{input: w.input, place: engine.Place{Input: w.place.Input}, out: newCount()}
		w.archive = a
	}
	w.checkpoints.mixed = true
	m := &members{archive: a, cut: cut, read: &later{handed: true}}
	a.later = append(a.later, m.read)
	a.out.left.Add(1)
	p.members <- m
	return true
}

// readMembers reads members of an archive that somebody else has open.
func (w *worker) readMembers(m *members) {
	c := &m.read.inputCoverage
	w.input, w.place = m.input, m.place
	c.name = w.input.Name
	w.teller.openPart()
	w.teller.size = m.input.Size
	w.reader.OpenMembers(&m.cut)
	if !w.readStreams(c) && c.cut == "" {
		c.cut = w.input.Name
	}
	w.endPart()
	w.teller.rest()
	m.read.told = w.teller.told.stored
	m.read.ended.Store(true)
}

// enter goes on to a member of the archive that is read, unless it is the same as before, and returns the coverage of its streams: that
// of the streams before, or one of its own if members between them were handed out.
func (w *worker) enter(member int, c *inputCoverage) *inputCoverage {
	if member == w.member {
		return c
	}
	w.endPart()
	c.note(w.reader.MemberNotes(w.member))
	w.member, w.part, w.place.Stream = member, member<<memberBits, member<<memberBits
	a := w.archive
	if a == nil || !a.later[len(a.later)-1].handed {
		return c
	}
	if a.sum == nil {
		a.sum = c
	}
	w.sumUp()
	own := &later{}
	own.name = c.name
	a.later = append(a.later, own)
	return &own.inputCoverage
}

// sumUp adds what was read to the coverage of the archive, up to the first members that are still being read.
func (w *worker) sumUp() {
	a := w.archive
	n := 0
	for ; n < len(a.later) && (!a.later[n].handed || a.later[n].ended.Load()); n++ {
		a.sum.follow(&a.later[n].inputCoverage, w.input.Name)
		w.teller.others += a.later[n].told
	}
	a.later = slices.Delete(a.later, 0, n)
}

// gatherMembers waits for the members that were handed out, and adds what was read of them to the coverage of the input.
func (w *worker) gatherMembers(c *inputCoverage) {
	a := w.archive
	if a == nil {
		return
	}
	w.reader.LeaveMember()
	w.teller.rest()
	a.out.done()
	w.lendHand(a.out.none, true)
	a.sum = c
	w.sumUp()
	w.archive = nil
}

// follow adds what was read of later streams of the same input.
func (c *inputCoverage) follow(o *inputCoverage, input string) {
	c.count(o)
	c.inputs += o.inputs
	c.stored += o.stored
	c.decoded += o.decoded
	c.duplicates += o.duplicates
	c.first = append(c.first, o.first...)
	c.first = c.first[:min(len(c.first), firstMalformed)]
	c.skipped = append(c.skipped, o.skipped...)
	c.damaged = append(c.damaged, o.damaged...)
	c.notes = append(c.notes, o.notes...)
	c.streams = append(c.streams, o.streams...)
	if o.cut != "" {
		c.cut = input
	}
}
