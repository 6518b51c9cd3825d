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
	input  string
	origin normalize.Origin
	out    sync.WaitGroup // parts that are handed out and not read yet
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
	parts   chan *part   // that are handed out
	spare   chan *part   // to be used again
	reading atomic.Int64 // workers that may hand out parts
	helping atomic.Int64 // workers that read what is handed out, and nothing else
}

func newPool(workers int) *pool {
	p := &pool{parts: make(chan *part, workers), spare: make(chan *part, 2*workers)}
	p.reading.Store(int64(workers))
	return p
}

// wants reports whether a part that is handed out now is soon read by somebody.
func (p *pool) wants() bool { return p.helping.Load() > 0 && len(p.parts) < cap(p.parts) }

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

// help reads parts of the streams of others until no stream is read any more.
func (w *worker) help() {
	p := w.shared.pool
	w.helping = true
	p.helping.Add(1)
	if p.reading.Add(-1) == 0 {
		close(p.parts)
	}
	for t := range p.parts {
		w.readPart(t)
		t.share.out.Done()
		p.giveBack(t)
	}
}

// handOut cuts lines off the stream that is being read, if somebody is there to read them.
func (w *worker) handOut(origin *normalize.Origin) bool {
	p := w.shared.pool
	if !p.wants() {
		return false
	}
	t := p.taken()
	if !w.reader.Cut(&t.block, w.shared.partSize()) {
		p.giveBack(t)
		return false
	}
	if w.share == nil {
		w.share = &share{place: w.place, input: w.input, origin: *origin}
	}
	w.endPart()
	w.checkpoints.mixed = true
	t.share, t.number = w.share, w.part
	w.part++
	w.share.out.Add(1)
	p.parts <- t
	return true
}

// readPart makes the events of a part.
func (w *worker) readPart(t *part) {
	s := t.share
	w.input, w.place, w.part = s.input, s.place, t.number
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
	w.share.out.Wait()
	c.absorb(&w.share.read, before)
	w.share = nil
}

// absorb adds what was read of a part of the same stream.
func (c *inputCoverage) absorb(o *inputCoverage, before int) {
	c.events += o.events
	c.filtered += o.filtered
	c.candidates += o.candidates
	c.hits += o.hits
	c.undated += o.undated
	c.outside += o.outside
	c.malformed += o.malformed
	c.lost += o.lost
	c.latin1 += o.latin1
	c.span.merge(&o.span)
	if len(o.first) > 0 {
		c.first = append(c.first, o.first...)
		slices.SortStableFunc(c.first[before:], func(a, b Malformed) int { return cmp.Compare(a.Offset, b.Offset) })
		c.first = c.first[:min(len(c.first), firstMalformed)]
	}
}

// merge adds the times of another part of the stream.
func (s *span) merge(o *span) {
	s.undated += o.undated
	if o.timed {
		s.add(o.first, true)
		s.add(o.last, true)
	}
}
