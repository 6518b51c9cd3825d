package stream

import (
	"retrohunt/engine"
	"retrohunt/sources"
)

// largeRun is from how many bytes on, as they are stored, looking into every event takes a time that is noticed.
const largeRun = 16 << 20

// manyInputs is of how many inputs on the beginnings of a few are sample enough: of a tree of small objects there is little
// but beginnings.
const manyInputs = 256

// Large reports whether inputs are so large that a run should set Job.Prefilter: of small ones the whole account costs
// nothing. An input of unknown size counts as large. It goes by stored sizes alone, and so is the same for the same inputs.
func Large(inputs []sources.Input) bool {
	var total int64
	for _, in := range inputs {
		if total += in.Size; in.Size < 0 || total >= largeRun {
			return true
		}
	}
	return false
}

// prefilter returns the prefilter of the queries, nil if every event is looked into: because a query wants it so, or because
// more is asked of the run than rows. Observers and the account of custody see every event; a window and Dedup count what
// they leave out.
func (j *Job) prefilter() *engine.Prefilter {
	if !j.Prefilter || j.Observe != nil || j.Custody || len(j.Dedup) > 0 || !j.Window.open() {
		return nil
	}
	return engine.NewPrefilter(j.Queries)
}
