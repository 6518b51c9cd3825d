package stream

import (
	"retrohunt/engine"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// Hit is an event that a query counted in a row. All of it is borrowed.
type Hit struct {
	Query  int            // index of Job.Queries
	Worker *engine.Worker // that counted it, and knows its Key and Fields
	Record *normalize.Record
	Event  sources.Event // as queries see it: what is no UTF-8 was made readable
	Input  string
	Stream string // the input, or a member of the archive that it is
}

// HitSink takes the hits of a part of an input, in the order of its streams and events, and of one event in that of the
// queries.
type HitSink interface {
	Hit(h *Hit)
	Close()
}

// hit gives an event that a query counted to the sink of the part, if the job wants hits.
func (w *worker) hit(query int, r *normalize.Record, e sources.Event, stream string) {
	if w.shared.Hits == nil {
		return
	}
	if w.sink == nil {
		w.sink = w.shared.Hits(w.place.Input, w.part)
	}
	w.sink.Hit(&Hit{query, w.queries[query], r, e, w.input.Name, stream})
}

// endPart ends the part that is being read.
func (w *worker) endPart() {
	if w.sink != nil {
		w.sink.Close()
		w.sink = nil
	}
	w.part++
}
