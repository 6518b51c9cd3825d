package stream

import (
	"errors"
	"fmt"
	"io"

	"retrohunt/engine"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// worker is one goroutine's state: a reader and a normalizer, which it uses for one input after another, and its part of
// every query.
type worker struct {
	shared *run
	reading
	spare      []*sources.Reader // that nothing is read by
	normalizer *normalize.Normalizer
	queries    []*engine.Worker
	observer   Observer // nil if the job has none
	categories map[string]*int64
	dedup      *dedup // nil: every event counts
	latin1     latin1
	teller     teller

	checkpoints checkpoints
}

// reading is what a worker reads, and where it is in it.
type reading struct {
	reader  *sources.Reader
	input   sources.Input
	member  int              // of the archive that the input is
	place   engine.Place     // of the stream that is being read; and of the event in it
	origin  normalize.Origin // of the stream
	part    int              // of the input: hits come in the order of parts
	sink    HitSink          // of the part; nil before its first hit
	share   *share           // of the stream that is being read; nil while nobody helps
	archive *archive         // that is being read; nil while nobody reads members of it
	helping bool             // what is read is a part of somebody else's stream
}

func newWorker(r *run) *worker {
	w := &worker{shared: r}
	w.teller.gauge = r.Progress.gauge()
	w.checkpoints.due = r.start.Add(r.CheckpointEvery)
	w.begin()
	return w
}

// begin gives the worker empty groups, and what belongs to them. All workers ask for the same fields, so the projection is complete, and
// has its layout, when the first has begun; whoever asks then is only told where they are.
func (w *worker) begin() {
	r := w.shared
	w.queries, w.categories = nil, map[string]*int64{}
	for _, q := range r.Queries {
		w.queries = append(w.queries, q.NewWorker(&r.projection))
	}
	if r.Observe != nil {
		w.observer = r.Observe(&r.projection)
	}
	w.dedup = newDedup(r.Dedup, r.DedupMemory, &r.projection)
	if r.layout == nil {
		options := r.Normalize
		options.Time = options.Time || r.Custody || !r.Window.open()
		r.layout = normalize.NewLayout(&r.projection, options)
	}
	w.normalizer = r.layout.NewNormalizer()
}

// run reads inputs until none is left or the run is stopped, and then helps those that still read.
func (w *worker) run() {
	r := w.shared
	w.reader = sources.NewReader(r.Sources)
	for !r.stopped.Load() {
		i := int(r.next.Add(1)) - 1
		if i >= len(r.queue) {
			break
		}
		w.place = engine.Place{Input: r.number(r.queue[i])}
		c := &r.coverage[r.queue[i]]
		w.readInput(r.Inputs[r.queue[i]], c)
		w.endPart()
		w.teller.finish(r.Inputs[r.queue[i]], c.cut != "")
		if r.Custody {
			r.custody(r.Inputs[r.queue[i]], c)
		}
		if len(c.damaged) > 0 && r.Strict {
			r.stopped.Store(true)
		}
		w.finish(r.queue[i])
	}
	w.help()
}

// readInput reads all streams of one input, up to the end of the run.
func (w *worker) readInput(in sources.Input, c *inputCoverage) {
	c.name, c.read = in.Name, true
	w.input, w.member, w.part, w.teller.size = in, 0, 0, in.Size
	if err := w.reader.Open(in); err != nil {
		c.fail(err)
		return
	}
	defer w.reader.Close()
	w.readStreams(c)
	w.gatherMembers(c)
}

// readStreams reads the streams of what is open, and reports whether it came to the end of them, not of the run.
func (w *worker) readStreams(c *inputCoverage) bool {
	for !w.shared.stopped.Load() && !(w.shared.Strict && len(c.damaged) > 0) {
		name, err := w.reader.NextInput()
		c = w.enter(w.reader.Member(), c)
		cut := err != io.EOF && err != nil && w.shared.stopped.Load() // by an interrupt, which is no damage
		if cut {
			c.cut = w.input.Name
		}
		if cut || err == io.EOF {
			c.finish(w.reader.Stats()) // of what stands behind the last stream
			return !cut
		}
		before := *c
		c.name, c.span, c.latin1 = name, span{}, 0
		w.teller.open(name, c)
		if err == nil {
			w.readStream(c)
		} else {
			c.fail(err)
			w.teller.tell(w, c)
		}
		stats := w.reader.Stats()
		c.finish(stats)
		if c.cut == "" && c.name != w.input.Name && w.shared.stopped.Load() {
			c.cut = w.input.Name // there may be more members
		}
		if w.shared.Custody {
			c.streams = append(c.streams, c.streamSince(&before, stats))
		}
	}
	return false
}

// readStream reads one stream to its end, its damage, or the end of the run.
func (w *worker) readStream(c *inputCoverage) {
	c.inputs++
	w.place.Stream++
	before := len(c.first)
	w.origin = normalize.Origin{Name: c.name, Format: w.reader.Framing()}
	if w.shared.Category != nil {
		w.origin.Category = w.shared.Category(c.name)
	}
	for w.goesOn(c) && (w.handOut(&w.origin) || w.readEvent(&w.origin, c)) {
		w.teller.turn(w, c)
	}
	w.teller.tell(w, c)
	c.turnAway(w.reader.TurnedAway())
	w.gather(c, before)
}

// goesOn reports whether reading a stream does. If the run ended, the stream is cut, but not a part of one: it is in flight, and
// finished.
func (w *worker) goesOn(c *inputCoverage) bool {
	if w.shared.stopped.Load() && !w.helping {
		c.cut = c.name
	}
	return c.cut == ""
}

// readEvent reads the next event, and reports whether more may follow.
func (w *worker) readEvent(origin *normalize.Origin, c *inputCoverage) bool {
	event, err := w.reader.Next()
	switch {
	case err == nil:
		w.event(event, origin, c)
		return true
	case err == io.EOF:
		return false
	}
	return w.goesOn(c) && c.fail(err)
}

func (w *worker) event(e sources.Event, from *normalize.Origin, c *inputCoverage) {
	record, err := w.normalizer.Normalize(e.JSON, e.Raw, from)
	if converted, is := w.latin1.readable(e, w.normalizer.ASCII()); is {
		c.latin1++
		e = converted
		record, err = w.normalizer.Normalize(e.JSON, e.Raw, from)
	}
	if err != nil {
		c.malformedEvent(e, err)
		return
	}
	c.events++
	if w.shared.Custody {
		c.span.add(record.Time, record.Timed)
	}
	w.count(record.Category)
	if !w.admit(record, c) {
		return
	}
	earlier := w.earlier(record)
	if w.observer != nil && !earlier {
		w.observer.Event(record, e, from.Name)
	}
	w.place.Offset = e.Offset
	best := engine.OutOfScope
	for i, q := range w.queries {
		if earlier && !w.shared.compares[i] {
			continue
		}
		verdict := q.AddAt(record, w.place)
		if verdict == engine.Hit {
			w.hit(i, record, e, from.Name)
		}
		best = max(best, verdict)
	}
	if best >= engine.Candidate {
		c.candidates++
	}
	if best >= engine.Hit {
		c.hits++
	}
}

// count counts an event under its category without allocating for a known one.
func (w *worker) count(category []byte) {
	n := w.categories[string(category)]
	if n == nil {
		n = new(int64)
		w.categories[string(category)] = n
	}
	*n++
}

// counted returns the events by category.
func (w *worker) counted() map[string]int64 {
	out := map[string]int64{}
	for name, n := range w.categories {
		out[name] = *n
	}
	return out
}

// inputCoverage is what was read of one input, of all its streams.
type inputCoverage struct {
	name       string // of the stream that is being read
	read       bool   // false: the run ended before its turn
	cut        string // the stream in whose middle the run ended, "" if it did not
	inputs     int    // streams
	stored     int64
	decoded    int64
	events     int64
	filtered   int64
	candidates int64
	hits       int64
	undated    int64
	outside    int64
	duplicates int64
	malformed  int64
	lost       int64
	first      []Malformed
	skipped    []sources.Skip
	damaged    []Damage
	notes      []Note
	latin1     int64    // events of the stream that is being read
	span       span     // of that stream
	streams    []Stream // if the job asks for custody
	custody    Custody
}

// turnAway counts events that the prefilter turned away.
func (c *inputCoverage) turnAway(n int64) {
	c.events += n
	c.filtered += n
}

// fail accounts for an error of the reader and reports whether reading goes on behind it.
func (c *inputCoverage) fail(err error) bool {
	var skip *sources.SkipError
	var malformed *sources.MalformedError
	var damage *sources.DamageError
	switch {
	case errors.As(err, &malformed):
		c.addMalformed(max(1, malformed.Events), Malformed{Input: c.name, Line: malformed.Line, Offset: malformed.Offset, Reason: malformed.Reason}, malformed.Length)
		return true
	case errors.As(err, &skip):
		c.skipped = append(c.skipped, sources.Skip{Name: c.name, Reason: skip.Reason})
	case errors.As(err, &damage):
		c.damaged = append(c.damaged, Damage{Input: c.name, Offset: damage.Offset, Err: damage.Err.Error()})
	default:
		c.damaged = append(c.damaged, Damage{Input: c.name, Err: err.Error()})
	}
	return false
}

func (c *inputCoverage) malformedEvent(e sources.Event, err error) {
	reason := err.Error()
	var malformed *normalize.MalformedError
	if errors.As(err, &malformed) {
		reason = malformed.Reason
	}
	c.addMalformed(1, Malformed{Input: c.name, Line: e.Line, Offset: e.Offset, Reason: reason}, int64(len(e.Raw)))
}

// addMalformed counts malformed events at a place, of a length in bytes.
func (c *inputCoverage) addMalformed(events int, at Malformed, length int64) {
	c.malformed += int64(events)
	c.lost += length
	if len(c.first) < firstMalformed {
		c.first = append(c.first, at)
	}
}

// finish adds what reading a stream, or trying to, took.
func (c *inputCoverage) finish(s sources.Stats) {
	c.stored += s.Stored
	c.decoded += s.Decoded
	switch {
	case c.latin1 == 1:
		c.notes = append(c.notes, Note{c.name, "1 event is no UTF-8 and was read as Latin-1"})
	case c.latin1 > 1:
		c.notes = append(c.notes, Note{c.name, fmt.Sprintf("%d events are no UTF-8 and were read as Latin-1", c.latin1)})
	}
	c.latin1 = 0
	c.note(s.Notes)
}

func (c *inputCoverage) note(notes []sources.Note) {
	for _, n := range notes {
		c.notes = append(c.notes, Note{Input: n.Name, Text: n.Text})
	}
}
