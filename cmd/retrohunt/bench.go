package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/normalize"
	"retrohunt/sources"
	"retrohunt/sources/archive"
	"retrohunt/sources/remote"
)

// benchFlags are the flags of bench.
type benchFlags struct {
	format  string
	workers int
	rounds  int
	rules   []string
	selectFlags
	sourceFlags
}

func (p *program) bench() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench PATH...",
		Short: "Measure how fast a hunt over your logs is, and what holds it up",
		Long: `Measure how fast a hunt over your own logs is, and what holds it up. Every round reads all inputs once
for each pass: decode only, the floor that nothing can be faster than (for gzip also with the library's
decoder); cut into events; look into every event (hunt --validate); and a hunt as it is. The first
round warms up and does not count; of the others the medians are shown.

No rows are printed. The logs should fit into the page cache, or it is the disk that is measured.`,
		Example: `  retrohunt bench exports/
  retrohunt bench -j 1 --rounds 9 -t json 'logs/*.json.gz'`,
		Args: needs(1, "a PATH to read"),
		RunE: func(cmd *cobra.Command, paths []string) error { return p.measure(cmd, &f, paths) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "t", "table", "`format`: table or json")
	flags.IntVarP(&f.workers, "jobs", "j", 0, "`N` workers (default: one for each core)")
	flags.IntVar(&f.rounds, "rounds", 5, "measure `N` rounds, after one that does not count")
	flags.StringArrayVarP(&f.rules, "rules", "r", nil, "detections from `FILE|DIR` instead of the shipped ones: YAML, or the text of a query in a .sumo file; repeatable")
	registerParams(cmd)
	f.selectFlags.register(cmd)
	f.sourceFlags.register(flags)
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(benchFormats, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// benchFormats are what -t takes.
var benchFormats = []string{"table", "json"}

// pass is a way through the logs that is measured.
type pass struct {
	name string
	run  func(context.Context) stream.Passed
	took []time.Duration // of the rounds that count
}

// The names of passes.
const (
	passDecode  = "decode"
	passLibrary = "decode, library"
	passFrame   = "frame"
	passLook    = "look into all"
	passHunt    = "hunt"
)

// measured is what came of measuring.
type measured struct {
	passed      stream.Passed // by the pass that frames
	workers     int
	rounds      int
	prefiltered bool // the hunt looked into the events alone that may reach rows
	passes      []pass
}

func (p *program) measure(cmd *cobra.Command, f *benchFlags, paths []string) error {
	if !slices.Contains(benchFormats, f.format) {
		return usageError("-t is table or json, not %q", f.format)
	}
	if f.rounds < 1 || f.workers < 0 {
		return usageError("--rounds and -j are 1 or more")
	}
	job, err := p.benchJob(cmd, f, paths)
	if err != nil {
		return err
	}
	ctx, stop := p.interrupt(cmd.Context())
	defer stop()
	m := &measured{workers: f.workers, rounds: f.rounds, prefiltered: stream.Large(job.Inputs) && engine.NewPrefilter(job.Queries) != nil}
	if m.workers == 0 {
		m.workers = runtime.GOMAXPROCS(0)
	}
	m.run(ctx, job)
	if ctx.Err() != nil {
		return &exit{code: exitInterrupted}
	}
	if f.format == "json" {
		err = m.json(p.stdout)
	} else {
		err = m.table(p.stdout)
	}
	if err == nil && m.passed.Failed > 0 {
		err = &exit{exitDamage, fmt.Errorf("%d inputs or members could not be read whole; retrohunt hunt names them", m.passed.Failed)}
	}
	return err
}

// benchJob makes the job that a hunt would run.
func (p *program) benchJob(cmd *cobra.Command, f *benchFlags, paths []string) (job stream.Job, err error) {
	for _, path := range paths {
		if path == "-" || remote.Is(path) {
			return job, usageError("bench reads its inputs again and again: files, not %s", path)
		}
	}
	job = stream.Job{Workers: f.workers, Normalize: normalize.Options{Zone: time.UTC}}
	if job.Sources, err = f.sourceFlags.options(); err != nil {
		return job, err
	}
	all, err := load(f.rules)
	if err != nil {
		return job, err
	}
	chosen, err := f.choose(all)
	if err != nil {
		return job, err
	}
	for _, d := range chosen {
		q, err := p.compile(cmd, sourceOf(d))
		if err != nil {
			return job, err
		}
		job.Queries = append(job.Queries, q.WithSeen().At(engine.Clock{Now: p.now(), Zone: time.UTC}))
	}
	if job.Inputs, job.Skipped, err = sources.Walk(paths, sources.Remote{}); err != nil {
		return job, &exit{exitUsage, err}
	}
	if len(job.Inputs) == 0 {
		return job, usageError("there is nothing to read")
	}
	return job, nil
}

// run measures the rounds.
func (m *measured) run(ctx context.Context, job stream.Job) {
	m.passed = stream.Through(ctx, job, stream.Frame)
	m.passes = passesOf(job, m.passed.Inflated)
	for round := range m.rounds + 1 {
		for i := range m.passes {
			runtime.GC() // so that no pass pays for the one before
			passed := m.passes[i].run(ctx)
			if ctx.Err() != nil {
				return
			}
			if round > 0 {
				m.passes[i].took = append(m.passes[i].took, passed.Elapsed)
			}
		}
	}
}

// passesOf returns the passes over the inputs of a job.
func passesOf(job stream.Job, inflated bool) []pass {
	through := func(job stream.Job, p stream.Pass) func(context.Context) stream.Passed {
		return func(ctx context.Context) stream.Passed { return stream.Through(ctx, job, p) }
	}
	passes := []pass{{name: passDecode, run: through(job, stream.Decode)}}
	if inflated && job.Sources.Archive.Inflate == archive.InflateOwn {
		library := job
		library.Sources.Archive.Inflate = archive.InflateLibrary
		passes = append(passes, pass{name: passLibrary, run: through(library, stream.Decode)})
	}
	return append(passes,
		pass{name: passFrame, run: through(job, stream.Frame)},
		pass{name: passLook, run: replayed(job, false)},
		pass{name: passHunt, run: replayed(job, stream.Large(job.Inputs))})
}

// replayed returns the pass that runs the queries of a job.
func replayed(job stream.Job, prefilter bool) func(context.Context) stream.Passed {
	job.Prefilter = prefilter
	return func(ctx context.Context) stream.Passed {
		job.Memory = engine.NewMemory(1 << 30) // as --mem has it
		result := stream.Run(ctx, job)
		for _, t := range result.Tables {
			t.Close()
		}
		return stream.Passed{Elapsed: result.Coverage.Elapsed}
	}
}
