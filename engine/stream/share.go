package stream

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"retrohunt/engine"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// This file lets workers that have no input left help those that read a large one. Who reads a stream of lines cuts whole lines
// off it and hands them out; the others make the events of them. Events keep their places, hits their order, and what was read of
// a stream is summed up before its reader goes on to the next, so that nothing shows who read what.

// DefaultPart is how many bytes of a stream are worth handing out.
const DefaultPart = 64 << 10

// partsPerWorker is of how many parts an input is large enough for one worker more.
const partsPerWorker = 16

// share is what workers share who read one stream.
type share struct {
	place  engine.Place // of the stream
	input  sources.Input
	origin normalize.Origin
	out    *count // parts that are handed out and not read yet, and the reader of the stream
	mu     sync.Mutex
	read   inputCoverage // of those that were
}

// part is lines of a stream that its reader hands out.
type part struct {
	share  *share
	number int // hits of the input come in this order
	block  sources.Block
}

// pool is where workers give each other parts.
type pool struct {
	parts   chan *part    // that are handed out
	members chan *members // likewise
	spare   chan *part    // to be used again
	reading atomic.Int64  // workers that may hand out something of their own inputs
	helping atomic.Int64  // workers that wait for parts, or read one
	free    atomic.Int64  // those of them that would read members, too
}

func newPool(workers int) *pool {
	// Twice as much as is wanted, so that workers that see room at the same time all find it: who reads must never wait.
	p := &pool{parts: make(chan *part, 2*workers), members: make(chan *members, 2*workers), spare: make(chan *part, 2*workers)}
	p.reading.Store(int64(workers))
	return p
}

// count says when nothing is left of what it counts. It begins with one.
type count struct {
	left atomic.Int64
	none chan struct{} // closed then
}

func newCount() *count {
	c := &count{none: make(chan struct{})}
	c.left.Store(1)
	return c
}

func (c *count) done() {
	if c.left.Add(-1) == 0 {
		close(c.none)
	}
}

// wants reports whether a part that is handed out now is soon read by somebody.
func (p *pool) wants() bool { return p.helping.Load() > 0 && len(p.parts) < cap(p.parts)/2 }

// taken returns a part to be filled.
func (p *pool) taken() *part {
	select {
	case t := <-p.spare:
		return t
	default:
		return &part{}
	}
}

// giveBack keeps a part for later, if there is room.
func (p *pool) giveBack(t *part) {
	t.share = nil
	select {
	case p.spare <- t:
	default:
	}
}

// help reads what others hand out until no stream is read any more.
func (w *worker) help() {
	if p := w.shared.pool; p.reading.Add(-1) == 0 {
		close(p.parts)
	}
	w.spare = append(w.spare, w.reader)
	w.reading = reading{}
	w.lendHand(nil, true)
}

// lendHand reads what others hand out, parts and, if it may, members, until something is done, or no stream is read any more.
func (w *worker) lendHand(done <-chan struct{}, members bool) {
	p := w.shared.pool
	p.helping.Add(1)
	defer p.helping.Add(-1)
	offered := p.members
	if members {
		p.free.Add(1)
		defer p.free.Add(-1)
	} else {
		offered = nil
	}
	for {
		select {
		case <-done:
			return
		case t, ok := <-p.parts:
			if !ok {
				return
			}
			w.aside(func() { w.readPart(t) })
			t.share.out.done()
			p.giveBack(t)
		case m := <-offered:
			p.helping.Add(-1)
			p.free.Add(-1)
			w.aside(func() { w.readMembers(m) })
			m.out.done()
			p.helping.Add(1)
			p.free.Add(1)
		}
	}
}

// aside does something with another reader, and puts back what was being read.
func (w *worker) aside(read func()) {
	before, told := w.reading, w.teller
	w.reading = reading{reader: w.spareReader()}
	read()
	w.reader.Close()
	w.spare = append(w.spare, w.reader)
	w.reading, w.teller = before, told
}

// spareReader returns a reader that is not in use.
func (w *worker) spareReader() *sources.Reader {
	last := len(w.spare) - 1
	if last < 0 {
		return sources.NewReader(w.shared.Sources)
	}
	r := w.spare[last]
	w.spare = w.spare[:last]
	return r
}

// handOut cuts lines off the stream that is being read, if somebody is there to read them.
func (w *worker) handOut(origin *normalize.Origin) bool {
	p := w.shared.pool
	if !p.wants() {
		return false
	}
	if w.handOutMembers() {
		return true
	}
	t := p.taken()
	if !w.reader.Cut(&t.block, w.shared.partSize()) {
		p.giveBack(t)
		return false
	}
	if w.share == nil {
		w.share = &share{place: w.place, input: w.input, origin: *origin, out: newCount()}
	}
	w.endPart()
	w.checkpoints.mixed = true
	t.share, t.number = w.share, w.part
	w.part++
	w.share.out.left.Add(1)
	p.parts <- t
	return true
}

// readPart makes the events of a part.
func (w *worker) readPart(t *part) {
	s := t.share
	w.input, w.place, w.part, w.helping = s.input, s.place, t.number, true
	w.reader.OpenBlock(&t.block)
	c := inputCoverage{name: s.origin.Name}
	origin := s.origin
	w.teller.openPart()
	for w.readEvent(&origin, &c) {
		w.teller.turn(w, &c)
	}
	w.teller.tell(w, &c)
	c.turnAway(w.reader.TurnedAway())
	w.endPart()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read.absorb(&c, 0)
}

// gather waits for the parts of the stream that is read, and adds what was read of them to its coverage, which has so many
// malformed events of the streams before.
func (w *worker) gather(c *inputCoverage, before int) {
	if w.share == nil {
		return
	}
	w.share.out.done()
	w.lendHand(w.share.out.none, false)
	c.absorb(&w.share.read, before)
	w.share = nil
}

// absorb adds what was read of a part of the same stream.
func (c *inputCoverage) absorb(o *inputCoverage, before int) {
	c.count(o)
	c.latin1 += o.latin1
	c.span.merge(&o.span)
	if len(o.first) > 0 {
		c.first = append(c.first, o.first...)
		slices.SortStableFunc(c.first[before:], func(a, b Malformed) int { return cmp.Compare(a.Offset, b.Offset) })
		c.first = c.first[:min(len(c.first), firstMalformed)]
	}
}

// count adds what was counted in other events of the same input.
func (c *inputCoverage) count(o *inputCoverage) {
	c.events += o.events
	c.filtered += o.filtered
	c.candidates += o.candidates
	c.hits += o.hits
	c.undated += o.undated
	c.outside += o.outside
	c.malformed += o.malformed
	c.lost += o.lost
}

// merge adds the times of another part of the stream.
func (s *span) merge(o *span) {
	s.undated += o.undated
	if o.timed {
		s.add(o.first, true)
		s.add(o.last, true)
	}
}
