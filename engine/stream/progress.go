package stream

import (
	"slices"
	"sync"
	"sync/atomic"

	"retrohunt/sources"
)

// Progress is how far a run is, for another goroutine to look at while it lasts. It belongs to one run; its zero value is ready.
// Looking at it has no effect on what the run finds. Workers tell what they did every tellEvery events, and at the ends of streams.
type Progress struct {
	mu     sync.Mutex
	whole  Snapshot // what is known beforehand
	gauges []*gauge
}

// tellEvery is how many times a worker asks its reader for more before it tells what it did. Each time is an event, a part for
// another worker, or up to 512 KiB without an event that the prefilter lets through.
const tellEvery = 128

// Snapshot is how far a run was at one moment.
type Snapshot struct {
	Queries int      // that are asked
	Inputs  int      // that were chosen
	Done    int      // of them, read whole or as far as they can be read
	Total   int64    // bytes of the inputs as they are stored, of those whose size is known
	Unsized int      // inputs whose size is not known beforehand, such as standard input
	Stored  int64    // bytes that were read, as they are stored: of all inputs, so that it may be more than Total if Unsized is not 0
	Decoded int64    // bytes that came of them
	Events  int64    // those that the prefilter turned away, too
	Hits    int64    // events that reached the rows of at least one query
	Current []string // the streams that are being read, in the order of their names: an input, or a member of one
}

// gauge is what one worker did. It writes, others read.
type gauge struct {
	stored, decoded, events, hits, done atomic.Int64
	current                             atomic.Pointer[string] // nil: none
}

// Snapshot returns how far the run is. It may be called at any time, also before the run begins.
func (p *Progress) Snapshot() Snapshot {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.whole
	for _, g := range p.gauges {
		s.Stored += g.stored.Load()
		s.Decoded += g.decoded.Load()
		s.Events += g.events.Load()
		s.Hits += g.hits.Load()
		s.Done += int(g.done.Load())
		if name := g.current.Load(); name != nil {
			s.Current = append(s.Current, *name)
		}
	}
	slices.Sort(s.Current)
	return s
}

// begin takes down what is known before a run. A nil Progress does nothing.
func (p *Progress) begin(job *Job) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.whole = Snapshot{Queries: len(job.Queries), Inputs: len(job.Inputs)}
	for _, in := range job.Inputs {
		if in.Size < 0 {
			p.whole.Unsized++
		} else {
			p.whole.Total += in.Size
		}
	}
}

// gauge adds one for a worker; nil if nobody looks.
func (p *Progress) gauge() *gauge {
	if p == nil {
		return nil
	}
	g := &gauge{}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gauges = append(p.gauges, g)
	return g
}

// teller tells the progress of one worker as differences to what it told before.
type teller struct {
	gauge  *gauge // nil: nobody looks
	asked  int    // how often the reader was asked for more since the last time
	told   counts
	others int64 // stored bytes of the input that others told
	size   int64 // of the input that is read
}

// counts are of what is being read: stored of the input, decoded of the stream, the rest of what the coverage counts.
type counts struct{ stored, decoded, events, hits int64 }

// open begins with a stream, of which the coverage of its input counts nothing yet.
func (t *teller) open(name string, c *inputCoverage) {
	if t.gauge != nil {
		t.told = counts{stored: t.told.stored, events: c.events, hits: c.hits}
		current := name // so that a name is allocated only if somebody looks
		t.gauge.current.Store(&current)
	}
}

// openPart begins with a part of somebody else's stream, or with members of somebody else's archive.
func (t *teller) openPart() { t.told = counts{} }

// turn is called each time the reader was asked for more.
func (t *teller) turn(w *worker, c *inputCoverage) {
	if t.gauge == nil {
		return
	}
	if t.asked++; t.asked >= tellEvery {
		t.tell(w, c)
	}
}

// tell tells what was read of a stream, or of a part, since the last time.
func (t *teller) tell(w *worker, c *inputCoverage) {
	if t.gauge == nil {
		return
	}
	now := counts{t.told.stored, t.told.decoded, c.events + w.reader.TurnedAway(), c.hits}
	if !w.helping {
		now.stored, now.decoded = w.reader.Consumed()
		if t.size >= 0 { // what is read twice counts once
			now.stored = min(now.stored, t.size)
		}
	}
	t.gauge.stored.Add(now.stored - t.told.stored)
	t.gauge.decoded.Add(now.decoded - t.told.decoded)
	t.gauge.events.Add(now.events - t.told.events)
	t.gauge.hits.Add(now.hits - t.told.hits)
	t.told, t.asked = now, 0
}

// finish ends an input: also the bytes that nobody needed to read are done, unless it was cut.
func (t *teller) finish(in sources.Input, cut bool) {
	if t.gauge == nil {
		return
	}
	if !cut {
		if in.Size >= 0 {
			t.gauge.stored.Add(in.Size - t.told.stored - t.others)
		}
		t.gauge.done.Add(1)
	}
	t.rest()
	t.told, t.others = counts{}, 0
}

// rest says that no stream is being read.
func (t *teller) rest() {
	if t.gauge != nil {
		t.gauge.current.Store(nil)
	}
}
