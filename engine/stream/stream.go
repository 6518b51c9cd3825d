// Package stream drives a run: it gives inputs to workers, takes each input's events through normalize into every
// query, and accounts for what was read. It is the only place where sources, normalize and engine meet.
//
// It does not choose inputs, compile queries or print. A run owns its workers and ends with them; the Result belongs to the
// caller. Tables are the same bytes for any number of workers, and so is the coverage but for its times.
package stream

import (
	"cmp"
	"context"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"retrohunt/engine"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// Observer sees the events of one worker that queries would see: those that are not malformed, outside the window, or counted
// before. It borrows all that it is given.
type Observer interface {
	Event(r *normalize.Record, e sources.Event, input string)
}

// Job says what to read and what to ask of it: queries, an observer, or both.
type Job struct {
	Inputs  []sources.Input
	Whole   []sources.Input // of which Inputs are a part, and which subqueries are asked of; nil: Inputs
	Skipped []sources.Skip  // what choosing the inputs left out, for the coverage
	Queries []*engine.Query
	// Prefilter turns events away that by their bytes cannot reach the rows: they are counted and, but for a sample, not looked
	// into. It has no effect where more is asked of the run than rows: an observer, Custody, Dedup or a Window.
	Prefilter bool
	Workers   int    // 0: one for each core
	Strict    bool   // stop at the first input that cannot be read whole
	Window    Window // of message time: events outside are left out, and counted, but for those that queries compare with
	// Dedup are fields: of events with the same values in them only the first counts, in the order of the inputs' names. To
	// know which is first, one worker reads the inputs in that order, whatever Workers says.
	Dedup       []string
	DedupMemory int            // bytes that Dedup may take; 0 is DefaultDedupMemory
	Memory      *engine.Memory // for the rows and groups of all queries; beyond it they go to temporary files; nil: no bound
	Keep        bool           // write down what queries gathered, and account for each input, in Result.Partials and Accounts
	Numbers     []int          // of Inputs among those of all runs that are to be merged; nil: their indexes
	Among       int            // how many inputs all runs read that are to be merged; 0: only Inputs
	// Checkpoint, if it is not nil, takes what a worker gathered of inputs that it has read, while the run lasts; the Result lacks it
	// then. Several goroutines call it. If it returns false the worker keeps what it has, and hands nothing over any more. It has no
	// effect with Dedup, Custody or an observer.
	Checkpoint      func(*Checkpoint) bool
	CheckpointEvery time.Duration             // how long a worker waits between its checkpoints, at least; 0: after each input
	Custody         bool                      // account for every input in Result.Custody, with a hash of its bytes
	Category        func(input string) string // source category by an input's name, "" leaves it to the content; may be nil
	Sources         sources.Options
	Normalize       normalize.Options
	// Observe makes a worker's observer, and adds the fields that it wants to the projection; may be nil.
	Observe func(*normalize.Projection) Observer
	// Hits makes the sink for hits of an input, by the input's index; may be nil. A large input has parts, which are numbered in
	// its order, with gaps, and have a sink each if they have hits at all. Several goroutines call it.
	Hits     func(input, part int) HitSink
	Progress *Progress // how far the run is, for others to look at; may be nil
	Part     int       // bytes of lines in memory that are worth handing to another worker; 0 is DefaultPart
}

// Result is what a run found: a table for each query, in their order, and the coverage.
type Result struct {
	Tables    []*engine.Table
	Observers []Observer // one for each worker, for the caller to merge; which saw what events differs from run to run
	Coverage  Coverage
	Partials  [][]byte  // of each query, see engine.Query.AppendPartial; nil where the Table has an Err, or the Job does not ask
	Found     [][]byte  // of each query, see engine.Query.AppendFound; likewise, and where it has no subqueries
	Accounts  []Account // of each input, if the Job asks to keep the run
	Custody   []Custody // of the inputs that were reached, in their order, if the Job asks for it
}

// Run reads all inputs. When the context ends, it finishes the events in flight and returns the rows so far, with
// Coverage.Partial set.
func Run(ctx context.Context, job Job) *Result {
	start := time.Now()
	job.Queries = slices.Clone(job.Queries)
	defer job.compose(ctx)()
	cut := func(error) error { return nil }
	stdinSum := newSummer()
	if job.Sources.Stdin != nil {
		job.Sources.Stdin, cut = interruptible(job.Sources.Stdin)
		if job.Custody {
			job.Sources.Stdin = io.TeeReader(job.Sources.Stdin, stdinSum)
		}
	}
	for i, q := range job.Queries {
		job.Queries[i] = q.Within(job.Memory)
	}
	found, err := job.found()
	if job.Observe != nil || job.Custody || len(job.Dedup) > 0 || err != nil {
		job.Checkpoint = nil
	}
	job.Progress.begin(&job)
	r := &run{Job: job, ctx: ctx, start: start, found: found, stdinSum: stdinSum}
	r.coverage, r.handedOver = make([]inputCoverage, len(job.Inputs)), make([]bool, len(job.Inputs))
	r.stopped.Store(ctx.Err() != nil) // it may have ended while subqueries were asked
	r.earlier = job.earlierWindows()
	for _, q := range job.Queries {
		r.compares = append(r.compares, len(q.LookBacks()) > 0)
	}
	listening := context.AfterFunc(ctx, func() {
		r.stopped.Store(true) // before the input is cut: a worker must not take the cut for damage and go on
		cut(context.Cause(ctx))
	})
	defer listening()
	r.Sources.Archive.Ahead = idleCores(job)
	r.queue = order(job)
	n := r.workerCount()
	r.pool = newPool(n)
	workers := r.prepare(n)
	r.work(workers)
	return r.result(workers)
}

// run is the state that the workers of a run share.
type run struct {
	Job
	ctx        context.Context
	start      time.Time
	stopped    atomic.Bool
	prefilter  *engine.Prefilter // nil: every event is looked into
	projection normalize.Projection
	layout     *normalize.Layout // of the projection; made with the first worker
	queue      []int             // indexes of Inputs
	found      [][]byte          // of each query, what its subqueries found
	earlier    []Window          // before the Job's, of which some queries want the events, too
	compares   []bool            // by index of Queries: it is one of them
	next       atomic.Int64
	pool       *pool
	stdinSum   *summer
	coverage   []inputCoverage // by index of Inputs; each written by the worker that reads the input
	handedOver []bool          // likewise: inputs that are in a checkpoint, and not in the result
}

// wanted returns how many workers the job asks for.
func wanted(job Job) int {
	if job.Workers > 0 {
		return job.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// idleCores returns how many of the cores that the job may use have no input of their own for long: where large inputs are few, and small ones
// beside them soon read.
func idleCores(job Job) int {
	large := 0
	for _, in := range job.Inputs {
		if in.Size < 0 || in.Size > smallInput {
			large++
		}
	}
	if large == 0 || len(job.Inputs) >= manyInputs {
		large = len(job.Inputs)
	}
	return max(0, wanted(job)-large)
}

// workerCount returns how many workers are worth their memory: one for each input, and more where inputs are large, for they
// are shared.
func (r *run) workerCount() int {
	if len(r.Dedup) > 0 {
		return 1
	}
	n := int64(len(r.Inputs))
	for _, in := range r.Inputs {
		if in.Size < 0 { // nobody knows
			return wanted(r.Job)
		}
		n += in.Size / int64(partsPerWorker*r.partSize())
	}
	return int(max(1, min(int64(wanted(r.Job)), n)))
}

// partSize is Job.Part or its default.
func (r *run) partSize() int {
	if r.Part > 0 {
		return r.Part
	}
	return DefaultPart
}

// smallInput is how many stored bytes of an input take so little time that it does not matter which is the last.
const smallInput = 64 << 10

// order returns the indexes of the inputs in the order in which they are read: large ones first, so that no worker is left
// with one at the end, then the small ones by their names, so that files of a directory are opened one after another; or all as they
// come where the order matters.
func order(job Job) []int {
	order := make([]int, len(job.Inputs))
	for i := range order {
		order[i] = i
	}
	if len(job.Dedup) == 0 {
		size := func(i int) int64 { return max(smallInput, job.Inputs[i].Size) }
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	}
	return order
}

// prepare makes workers, and the prefilter beside them.
func (r *run) prepare(n int) []*worker {
	var wg sync.WaitGroup
	wg.Go(func() { r.prefilter = r.Job.prefilter() })
	workers := make([]*worker, n)
	for i := range workers {
		workers[i] = newWorker(r)
	}
	wg.Wait()
	if r.prefilter != nil {
		r.Sources.Filter, r.Sources.Many = r.prefilter, max(r.Among, len(r.Inputs)) > manyInputs
	}
	return workers
}

// work lets workers read all inputs.
func (r *run) work(workers []*worker) {
	var wg sync.WaitGroup
	for _, w := range workers {
		wg.Go(w.run)
	}
	wg.Wait()
}

// common is what a coverage says of the run, not of inputs.
func (r *run) common() Coverage {
	return Coverage{Queries: len(r.Queries), Prefiltered: r.prefilter != nil, UndatedOut: r.Window.DropUndated}
}

func (r *run) result(workers []*worker) *Result {
	out := &Result{Coverage: r.common()}
	out.Coverage.Skipped, out.Coverage.Partial = slices.Clone(r.Skipped), r.stopped.Load()
	for i, q := range r.Queries {
		parts := make([]*engine.Worker, len(workers))
		for j, w := range workers {
			parts[j] = w.queries[i]
		}
		all := engine.Merge(parts...)
		if r.Keep {
			partial, err := q.AppendPartial(nil, all)
			if err != nil {
				partial = nil
			}
			out.Partials = append(out.Partials, partial)
		}
		out.Tables = append(out.Tables, q.Table(all))
	}
	categories := map[string]int64{}
	for _, w := range workers {
		if w.observer != nil {
			out.Observers = append(out.Observers, w.observer)
		}
		for name, n := range w.counted() {
			categories[name] += n
		}
		if w.dedup != nil {
			out.Coverage.Forgotten += w.dedup.forgotten
		}
	}
	out.Coverage.Categories = sortedCategories(categories)
	for i := range r.coverage {
		if r.handedOver[i] {
			continue
		}
		out.Coverage.add(&r.coverage[i])
		if r.Custody && r.coverage[i].read {
			out.Custody = append(out.Custody, r.coverage[i].custody)
		}
	}
	if r.Keep {
		out.Accounts, out.Found = r.accounts(), r.found
	}
	out.Coverage.sortSkipped()
	out.Coverage.Elapsed = time.Since(r.start)
	return out
}
