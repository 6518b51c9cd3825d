package stream

import (
	"retrohunt/engine"
	"retrohunt/sources"
)

// prefilter returns the prefilter of the queries, nil if every event is looked into: because a query wants it so, or because
// more is asked of the run than rows. Observers and the account of custody see every event; a window and Dedup count what
// they leave out.
func (j *Job) prefilter() *engine.Prefilter {
	if !j.Prefilter || j.Observe != nil || j.Custody || len(j.Dedup) > 0 || !j.Window.open() {
		return nil
	}
	return engine.NewPrefilter(j.Queries)
}

// turnedAway reports whether an event holds nothing that a query needs. What was converted to JSON is looked at in both
// spellings: queries read fields, and the event as it came.
func (r *run) turnedAway(e sources.Event) bool {
	p := r.prefilter
	return p != nil && !p.Passes(e.JSON) && (sameBytes(e.JSON, e.Raw) || !p.Passes(e.Raw))
}
