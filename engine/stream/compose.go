package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"retrohunt/engine"
	"retrohunt/sources"
)

// compose asks the subqueries of the job's queries and puts what they find into the queries' conditions. Those of one level and of
// one range of time are asked in one pass over the inputs; those within others before them, by the passes' own runs. What is read
// for them is in no coverage: the job reads the same inputs again.
//
// Standard input, which can be read only once, goes to a temporary file first. What is returned gives it back.
func (j *Job) compose(ctx context.Context) (release func()) {
	release = func() {}
	asks := subqueries(j.Queries)
	if len(asks) == 0 {
		return release
	}
	var failed error
	if _, again := j.Sources.Stdin.(*rereadable); !again && slices.ContainsFunc(j.whole(), func(in sources.Input) bool { return in.Name == "-" }) && j.Sources.Stdin != nil {
		j.Sources.Stdin, release, failed = spooled(ctx, j.Sources.Stdin)
	}
	tables := make([][]*engine.Table, len(j.Queries))
	for i, q := range j.Queries {
		tables[i] = make([]*engine.Table, len(q.Subqueries()))
	}
	for len(asks) > 0 {
		window := asks[0].window(j.Window)
		var now, later []asked
		for _, a := range asks {
			if a.window(j.Window) == window {
				now = append(now, a)
			} else {
				later = append(later, a)
			}
		}
		for i, t := range j.ask(ctx, now, window) {
			if failed != nil {
				t.Err = failed
			}
			tables[now[i].query][now[i].at] = t
		}
		asks = later
	}
	for i, q := range j.Queries {
		if len(tables[i]) > 0 {
			j.Queries[i] = q.Compose(tables[i])
		}
	}
	return release
}

// whole are the inputs that subqueries are asked of: what they find must not depend on which part of a run this is.
func (j *Job) whole() []sources.Input {
	if j.Whole != nil {
		return j.Whole
	}
	return j.Inputs
}

// found is what the subqueries of each query found; nil if no query has any.
func (j *Job) found() (out [][]byte, err error) {
	any := false
	for _, q := range j.Queries {
		found, wrong := q.AppendFound(nil)
		any, err = any || found != nil, errors.Join(err, wrong)
		out = append(out, found)
	}
	if !any {
		return nil, err
	}
	return out, err
}

// asked is a subquery of a query of the job.
type asked struct {
	engine.Subquery
	query, at int
}

func subqueries(queries []*engine.Query) []asked {
	var out []asked
	for i, q := range queries {
		for at, s := range q.Subqueries() {
			out = append(out, asked{s, i, at})
		}
	}
	return out
}

// window is the span of time that a subquery is asked of.
func (a asked) window(around Window) Window {
	if !a.Ranged {
		return around
	}
	from, to := a.Query.Range()
	return around.Between(from, to)
}

// ask runs subqueries over the job's inputs.
func (j *Job) ask(ctx context.Context, asks []asked, window Window) []*engine.Table {
	job := Job{
		Inputs: j.whole(), Workers: j.Workers, Strict: j.Strict, Window: window, Dedup: j.Dedup, DedupMemory: j.DedupMemory,
		Memory: j.Memory, Category: j.Category, Sources: j.Sources, Normalize: j.Normalize, Prefilter: j.Prefilter, Part: j.Part,
	}
	for _, a := range asks {
		job.Queries = append(job.Queries, a.Query)
	}
	if stdin, ok := job.Sources.Stdin.(*rereadable); ok {
		job.Sources.Stdin = stdin.again()
	}
	return Run(ctx, job).Tables
}

// rereadable is what standard input said, from the beginning on.
type rereadable struct{ *io.SectionReader }

func (r *rereadable) again() *rereadable {
	return &rereadable{io.NewSectionReader(r, 0, r.Size())}
}

// spooled copies what can be read only once into a temporary file, up to the end of the run.
func spooled(ctx context.Context, r io.Reader) (again *rereadable, release func(), err error) {
	file, err := os.CreateTemp("", "retrohunt-stdin-*")
	if err != nil {
		return &rereadable{io.NewSectionReader(strings.NewReader(""), 0, 0)}, func() {}, fmt.Errorf("standard input, which a subquery reads before the query does: %w", err)
	}
	in, cut := interruptible(r)
	defer context.AfterFunc(ctx, func() { cut(context.Cause(ctx)) })()
	n, err := io.Copy(file, in)
	if ctx.Err() != nil {
		err = nil // the run ends, and says so
	}
	release = func() { file.Close(); os.Remove(file.Name()) }
	return &rereadable{io.NewSectionReader(file, 0, n)}, release, err
}
