package stream

import (
	"slices"
	"time"
)

// This file lets workers hand over what they gathered while the run lasts, so that a run that is killed can be gone on with.
//
// A worker hands over at the end of an input, and begins anew with empty groups: what it handed over is of inputs that were read to
// their ends, and of nothing else. Parts of streams that it read for others, and others for it, would be something else. They
// are only handed out when no input is left, so a worker that has to do with them hands nothing over any more.

// Checkpoint is what one worker gathered of some inputs, which it read to their ends: with all others of the run and with its Result,
// which lacks it, it is the whole run.
type Checkpoint struct {
	Coverage Coverage  // what is not told apart by inputs, and how long the run has lasted
	Accounts []Account // of the inputs
	Partials [][]byte  // of each query, see engine.Query.AppendPartial
	Found    [][]byte  // likewise, see engine.Query.AppendFound
}

// checkpoints is what a worker has to hand over.
type checkpoints struct {
	finished []int     // inputs since the last time, as indexes of Job.Inputs
	due      time.Time // when it is worth while
	mixed    bool      // what was gathered is no longer of inputs that the worker read alone
}

// finish takes note of an input that the worker is through with, and hands over what it gathered if it is time.
func (w *worker) finish(input int) {
	r := w.shared
	if r.Checkpoint == nil || w.checkpoints.mixed {
		return
	}
	w.checkpoints.finished = append(w.checkpoints.finished, input)
	if r.stopped.Load() || r.ctx.Err() != nil { // this input may have been cut
		w.checkpoints.mixed = true
		return
	}
	if start := time.Now(); !start.Before(w.checkpoints.due) {
		w.handOver()
		w.checkpoints.due = time.Now().Add(checkpointPause(r.CheckpointEvery, time.Since(start)))
	}
}

// checkpointPause is how long a worker waits behind a checkpoint that took so long: unless it is asked for one after each input, so
// long that they are a small part of the time, however large the groups are.
func checkpointPause(every, took time.Duration) time.Duration {
	if every == 0 {
		return 0
	}
	return max(every, checkpointShare*took)
}

// checkpointShare is how many times as long as a checkpoint takes the next one waits.
const checkpointShare = 20

// handOver makes a checkpoint, and begins anew if somebody keeps it.
func (w *worker) handOver() {
	r := w.shared
	out := Checkpoint{Coverage: r.common(), Found: r.found}
	for i, q := range r.Queries {
		partial, err := q.AppendPartial(nil, w.queries[i])
		if err != nil {
			return // the table says so, at the end
		}
		out.Partials = append(out.Partials, partial)
	}
	slices.Sort(w.checkpoints.finished)
	for _, i := range w.checkpoints.finished {
		out.Accounts = append(out.Accounts, r.account(i))
	}
	out.Coverage.Categories = sortedCategories(w.counted())
	out.Coverage.Elapsed = time.Since(r.start)
	if !r.Checkpoint(&out) {
		w.checkpoints.mixed = true
		return
	}
	for _, i := range w.checkpoints.finished {
		r.handedOver[i] = true
	}
	w.checkpoints.finished = nil
	for _, q := range w.queries {
		q.Close()
	}
	w.begin()
}
