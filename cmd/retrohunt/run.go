package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that --tz knows zones where the system has none

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/match"
	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/sources"
	"retrohunt/sources/archive"
	"retrohunt/sources/remote"
)

// readFlags are the flags of the commands that read logs.
type readFlags struct {
	summary    string
	progress   string
	live       bool // rows go to a terminal while logs are read
	workers    int
	strict     bool
	categories []string
	zone       string
	mapping    string
	dedup      []string
	dedupSize  string
	shard      shard // of hunt only
	ongoing    *ongoing
	own        map[string]bool // by path: what the run itself keeps while it lasts, which is no log of anybody's
	timeFlags
	sourceFlags
}

// runFlags are the flags of the commands that replay logs through queries.
type runFlags struct {
	readFlags
	tables     tableFlags
	lookups    []string // files that rows are joined with
	context    bool     // rows of detections: they may be given more columns
	format     string
	outputs    []string
	rawCSV     bool
	wide       bool
	sample     int
	manifest   string
	now        string
	events     string
	writeEmpty bool
	force      bool
	failOnHit  bool
	validate   bool
	approx     bool
	memory     string
	unordered  bool   // of query only
	save       string // of hunt and merge only
	resume     string // of hunt only
	checkpoint time.Duration
	tuning     *report.Tuning // what --tune says, of hunt, report and merge only
	saveTables string
	revived    bool // the rows are of a run that was saved
}

func (f *runFlags) register(cmd *cobra.Command) {
	f.readFlags.register(cmd)
	f.registerOutput(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.manifest, "manifest", "", "account for every input in `FILE`, as JSON: size, SHA-256, events, time span, what could not be read")
	flags.StringVar(&f.events, "events", "", "write every event that is counted in a row to `FILE|DIR`, with its place and text: .jsonl or .csv, also with .zst behind it, or .parquet; into a folder as JSON lines, a file for each detection")
	flags.StringVar(&f.now, "now", "", "`TIME` that now() in queries stands for (default: the start of the run)")
	flags.BoolVar(&f.validate, "validate", false, "look into every event, for malformed ones, categories and missing fields; without it, where inputs have 16 MiB or more, those whose bytes hold no text that a row needs are only counted, but for a sample: the same rows, sooner")
	flags.BoolVar(&f.validate, "no-prefilter", false, "the same as --validate")
	registerApprox(cmd, &f.approx)
	flags.BoolVar(&f.failOnHit, "fail-on-hit", false, "exit with 1 if there are hits")
}

// registerApprox registers what lets aggregates estimate.
func registerApprox(cmd *cobra.Command, to *bool) {
	cmd.Flags().BoolVar(to, "approx", false, "count distinct values and find percentiles in bounded memory: of many values estimates, and the output says how near")
}

// registerOutput registers what says where rows go, and how, and which tables queries ask.
func (f *runFlags) registerOutput(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.tables.register(flags)
	registerParams(cmd)
	flags.StringVarP(&f.format, "format", "t", "", "`format` of the rows on standard output, and in files whose names do not say theirs: "+strings.Join(report.Formats, ", ")+" (default: table on a terminal, else jsonl)")
	flags.StringArrayVarP(&f.outputs, "output", "o", nil, "write the rows to `FILE`, in the format of its extension, instead of standard output, which is -; repeatable")
	flags.BoolVar(&f.rawCSV, "csv-raw", false, "write texts to CSV as they are, also those that a spreadsheet takes for formulas")
	flags.BoolVar(&f.wide, "wide", false, "do not cut the texts of a table to the width of the terminal")
	flags.IntVar(&f.sample, "sample", 3, "show the first `N` events of each row in HTML and Markdown, in the order of inputs")
	flags.BoolVar(&f.writeEmpty, "write-empty", false, "write files of rows and events even if there is none")
	flags.BoolVar(&f.force, "force", false, "let -o, --manifest and --events replace a file that exists")
	flags.StringVar(&f.saveTables, "save-tables", "", "store the tables of save operators in `DIR`, as CSV files that --lookup-dir DIR finds; without it a query that stores one is refused")
	flags.StringVar(&f.memory, "mem", "1GiB", "memory for rows, groups and messages that are sorted, as `SIZE`; what is beyond goes to temporary files")
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Formats, cobra.ShellCompDirectiveNoFileComp)))
}

func (f *readFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.summary, "summary", "text", "what was read, on standard error: `text`, json or none")
	flags.StringVar(&f.progress, "progress", "auto", "how far the run is, on standard error: `auto` is a bar in terminals, else a line every 10 s; bar also in narrow terminals; json an object every second; or none")
	flags.IntVarP(&f.workers, "jobs", "j", 0, "`N` workers (default: one for each core)")
	flags.BoolVar(&f.strict, "strict", false, "stop at the first input that cannot be read whole")
	flags.StringArrayVar(&f.categories, "category", nil, "`GLOB=NAME`: source category of the inputs whose path matches; * also matches /; repeatable, the first that matches counts")
	flags.StringVar(&f.zone, "tz", "UTC", "`ZONE` of times that do not say theirs, such as Europe/Berlin")
	flags.StringVar(&f.mapping, "map", "auto", "`auto` fills fields that an event lacks from where its vendor keeps them; none does not")
	flags.StringSliceVar(&f.dedup, "dedup", nil, "`FIELDS` by which an event is known: of several with the same values the first counts, in the order of the inputs' names; reads on one core")
	flags.StringVar(&f.dedupSize, "dedup-memory", "512MiB", "most memory of --dedup, as `SIZE`; beyond it the oldest are forgotten, and counted")
	f.timeFlags.register(flags)
	f.sourceFlags.register(flags)
	must(cmd.RegisterFlagCompletionFunc("inflate", cobra.FixedCompletions([]string{archive.InflateOwn, archive.InflateLibrary}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("progress", cobra.FixedCompletions(progressKinds, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("map", cobra.FixedCompletions([]string{"auto", "none"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("undated", cobra.FixedCompletions([]string{"keep", "drop"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("summary", cobra.FixedCompletions([]string{"text", "json", "none"}, cobra.ShellCompDirectiveNoFileComp)))
}

// must stops at a mistake in this program's own declarations.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// job makes a stream job of the flags.
func (p *program) job(f *readFlags) (job stream.Job, err error) {
	job.Workers, job.Strict, job.Dedup = f.workers, f.strict, f.dedup
	if job.Sources, err = f.sourceFlags.options(); err != nil {
		return job, err
	}
	if job.DedupMemory, err = parseSize(f.dedupSize); err != nil {
		return job, usageError("--dedup-memory: %w", err)
	}
	if job.Normalize.Zone, err = time.LoadLocation(f.zone); err != nil {
		return job, usageError("--tz: %w", err)
	}
	if job.Window, err = f.window(p.now(), job.Normalize.Zone); err != nil {
		return job, err
	}
	switch f.mapping {
	case "auto":
	case "none":
		job.Normalize.NoMapping = true
	default:
		return job, usageError("--map is auto or none, not %q", f.mapping)
	}
	if f.workers < 0 {
		return job, usageError("-j is 1 or more, not %d", f.workers)
	}
	if err := f.checkSummary(); err != nil {
		return job, err
	}
	if !slices.Contains(progressKinds, f.progress) {
		return job, usageError("--progress is auto, bar, json or none, not %q", f.progress)
	}
	if f.shard.n > 1 && len(f.dedup) > 0 {
		return job, usageError("--dedup must see all inputs, and --shard does not")
	}
	job.Category, err = categoryByPath(f.categories)
	return job, err
}

// categoryByPath returns the function that --category asks for.
func categoryByPath(rules []string) (func(string) string, error) {
	type rule struct {
		glob match.Glob
		name string
	}
	var all []rule
	for _, r := range rules {
		i := strings.LastIndexByte(r, '=')
		if i <= 0 || i == len(r)-1 {
			return nil, usageError("--category is GLOB=NAME, not %q", r)
		}
		all = append(all, rule{match.CompileGlob(r[:i]), r[i+1:]})
	}
	return func(input string) string {
		for _, r := range all {
			if r.glob.Match(filepath.ToSlash(input)) {
				return r.name
			}
		}
		return ""
	}, nil
}

// sizeUnits are what sizes may end with, the longer first.
var sizeUnits = []struct {
	suffix string
	bytes  int
}{{"TiB", 1 << 40}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"B", 1}, {"", 1}}

func parseSize(s string) (int, error) {
	for _, u := range sizeUnits {
		digits, ok := strings.CutSuffix(s, u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(digits))
		if err != nil || n <= 0 || n > (1<<40)/u.bytes {
			break
		}
		return n * u.bytes, nil
	}
	return 0, fmt.Errorf("%q is no size; write it as 64MiB, 500kB or 1048576", s)
}

// ask is a query to run, with the detection that asks it if there is one.
type ask struct {
	result report.Result // without the table
	query  *engine.Query
	text   string  // of the query
	tuning *tuning // what is left out of its rows; nil for nothing
}

// places are where what comes of a run goes.
type places struct {
	output   *output
	manifest manifest
	evidence *evidence
	samples  *samples
	kept     *kept
	context  rowContext
	tables   savedTables
}

// places makes them, before the run.
func (p *program) places(cmd *cobra.Command, f *runFlags, asks []ask, paths []string) (to places, err error) {
	if to.context, err = p.rowContext(cmd, f, asks); err != nil {
		return to, err
	}
	if to.output, err = p.output(cmd, f, asks, paths); err != nil {
		return to, err
	}
	to.manifest, err = p.manifest(f, asks)
	if err == nil {
		to.evidence, err = p.evidence(f, asks)
	}
	if err == nil {
		to.kept, err = p.keep(f)
	}
	if err == nil {
		to.tables, err = p.savedTables(f, asks)
	}
	if err != nil {
		to.abandon()
		return to, err
	}
	to.samples = newSamples(f, to.output)
	return to, nil
}

// abandon takes away what was not finished.
func (to *places) abandon() {
	to.output.abandon()
	if to.manifest.abandon != nil {
		to.manifest.abandon()
	}
	to.evidence.abandon()
	to.kept.abandon()
	to.samples.close()
}

// replay runs queries over paths and prints the rows and the coverage.
func (p *program) replay(cmd *cobra.Command, f *runFlags, asks []ask, paths []string) error {
	job, err := p.job(&f.readFlags)
	if err != nil {
		return err
	}
	if f.approx && f.save+f.resume != "" {
		return usageError("--save keeps what can be added up exactly: leave out --approx")
	}
	if f.ongoing, err = p.ongoing(cmd, f, paths); err != nil {
		return err
	}
	defer f.ongoing.close()
	f.keepsApart()
	to, err := p.places(cmd, f, asks, paths)
	if err != nil {
		return err
	}
	defer to.abandon()
	job.Hits = sinksOf(to.evidence.sinks(), to.samples.sinks())
	job.Custody, job.Keep = f.manifest != "", f.save != ""
	job.Prefilter = !f.validate
	other := 0
	if job.Dedup != nil {
		other = job.DedupMemory
	}
	if job.Memory, err = budget(f.memory, int64(other)); err != nil {
		return err
	}
	clock, err := p.clock(f, job)
	if err == nil {
		err = f.ongoing.ask(f, asks, paths, &clock, &job, to.samples)
	}
	if err != nil {
		return err
	}
	if err := ranged(asks, clock); err != nil {
		return err
	}
	for _, a := range asks {
		q := a.query.At(clock)
		if f.approx {
			q = q.Approximated()
		}
		if to.output.streams() {
			q = q.Each(to.output.row)
		}
		job.Queries = append(job.Queries, q)
	}
	_, onTerminal := terminal(p.stdout)
	f.live = to.output.streams() && onTerminal
	read, err := p.read(cmd, &f.readFlags, job, paths)
	if err != nil {
		return err
	}
	if err := f.ongoing.complete(p, cmd, &job, &read); err != nil {
		return err
	}
	to.kept.note(f, asks, paths, clock, &read)
	return p.present(cmd, f, asks, &to, &read, clock)
}

// resultsOf makes results of what was asked and what came of it: tuned, and with what is added to rows.
func resultsOf(asks []ask, read *reading, clock engine.Clock, context rowContext) ([]report.Result, error) {
	results := make([]report.Result, len(asks))
	for i, a := range asks {
		results[i] = a.result
		results[i].Table, results[i].Keys = read.Tables[i], a.query.Keys()
		results[i].Partial, results[i].Sampled = read.Coverage.Partial, read.Coverage.Filtered > 0
		if err := a.tuning.apply(&results[i], clock); err != nil {
			return nil, err
		}
		context.add(&results[i])
	}
	return results, nil
}

// present prints the rows and the coverage of a run.
func (p *program) present(cmd *cobra.Command, f *runFlags, asks []ask, to *places, read *reading, clock engine.Clock) error {
	results, err := resultsOf(asks, read, clock, to.context)
	if err != nil {
		return err
	}
	writeErr := errors.Join(
		to.samples.give(results), to.output.write(results, &read.Coverage), to.manifest.write(read.Result, results),
		to.evidence.write(read.Coverage.Partial), to.kept.write(read, to.samples), to.tables.write(read),
	)
	if err := p.summarize(cmd, &f.readFlags, &read.Coverage, results); err != nil {
		return err
	}
	f.ongoing.summarize(p, cmd, &f.readFlags)
	to.output.summarize(p, cmd, &f.readFlags)
	to.evidence.summarize(p, cmd, &f.readFlags)
	to.tables.summarize(p, cmd, &f.readFlags)
	if f.summary == "text" {
		report.Total(p.stderr, &read.Coverage, results, p.display(cmd, p.stderr))
	}
	for _, t := range read.Tables {
		writeErr = errors.Join(writeErr, t.Err)
		t.Close()
	}
	if writeErr != nil {
		return writeErr
	}
	return read.verdict(f.failOnHit && !onlySuppressed(asks, results))
}

// clock is what queries know of time: the moment of the run, or another that makes its rows the same whenever they are made,
// and the span of time that is asked for.
func (p *program) clock(f *runFlags, job stream.Job) (engine.Clock, error) {
	now := p.now()
	ms, err := moment("--now", f.now, now, job.Normalize.Zone)
	if err != nil {
		return engine.Clock{}, err
	}
	c := engine.Clock{Now: now, From: instant(job.Window.From), To: instant(job.Window.To), Zone: job.Normalize.Zone}
	if ms != 0 {
		c.Now = instant(ms)
	}
	return c, nil
}

// ranged reports a query that compares the range of time that is asked for with earlier ones, where none is.
func ranged(asks []ask, clock engine.Clock) error {
	for _, a := range asks {
		if len(a.query.LookBacks()) == 0 || !clock.From.IsZero() && !clock.To.IsZero() {
			continue
		}
		return usageError("%s compares a range of time with earlier ones: give the range, with --from and --to", a.result.Asker())
	}
	return nil
}

// instant returns a time in milliseconds UTC, the zero Time for 0.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// reading is what came of reading paths.
type reading struct {
	*stream.Result
	inputs      []sources.Input // of all shards
	skipped     []sources.Skip  // inputs that were left out by name
	missing     error           // the paths that could not be found or listed
	interrupted bool
}

// read runs a job over paths.
func (p *program) read(cmd *cobra.Command, f *readFlags, job stream.Job, paths []string) (reading, error) {
	ctx, stop := p.interrupt(cmd.Context())
	defer stop()
	if slices.ContainsFunc(paths, remote.Is) { // a client takes a moment to make
		job.Sources.Remote = p.remote(ctx)
	}
	all, skipped, missing := sources.Walk(paths, job.Sources.Remote)
	all, skipped = f.others(all, skipped)
	if missing != nil && len(all) == 0 {
		return reading{}, &exit{exitUsage, missing}
	}
	kept, dated, err := f.inputs(all)
	if err != nil {
		return reading{}, err
	}
	job.Inputs, job.Whole, job.Skipped = kept, kept, append(skipped, dated...)
	job.Prefilter = job.Prefilter && stream.Large(job.Inputs)
	f.shard.deal(&job)
	if err := f.ongoing.begin(&job); err != nil {
		return reading{}, err
	}
	log := p.log(cmd)
	for _, err := range errorsOf(missing) {
		log.Error().Msg(err.Error())
	}
	job.Sources.Stdin = p.stdin
	log.Debug().Int("inputs", len(job.Inputs)).Int("queries", len(job.Queries)).Msg("run")
	stopWatching := p.watch(cmd, f, &job)
	result := stream.Run(ctx, job)
	stopWatching()
	return reading{result, kept, job.Skipped, missing, ctx.Err() != nil && result.Coverage.Partial}, nil
}

// keepsApart notes which files the run keeps while it lasts: what it has not finished, and the run that it saves with its journal,
// which another that goes on with it finds where the logs are.
func (f *runFlags) keepsApart() {
	f.own = map[string]bool{}
	own := func(name string) {
		if path, err := filepath.Abs(name); err == nil {
			f.own[path] = true
		}
	}
	for _, name := range append(slices.Clone(f.outputs), f.events, f.manifest, f.save) {
		own(unfinished(name))
	}
	if f.save != "" {
		own(f.save)
		own(f.save + ".journal")
	}
}

// others leaves of what a walk found what is not the run's own.
func (f *readFlags) others(inputs []sources.Input, skipped []sources.Skip) ([]sources.Input, []sources.Skip) {
	own := func(name string) bool {
		path, err := filepath.Abs(name)
		return err == nil && f.own[path]
	}
	return slices.DeleteFunc(inputs, func(in sources.Input) bool { return in.URL == "" && own(in.Name) }),
		slices.DeleteFunc(skipped, func(s sources.Skip) bool { return own(s.Name) })
}

// remote reads inputs in buckets and behind URLs, with the credentials that the environment has.
func (p *program) remote(ctx context.Context) sources.Remote {
	return sources.Remote{Client: remote.New(remote.Options{Getenv: p.getenv}), Context: ctx}
}

// errorsOf takes joined errors apart.
func errorsOf(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return nil
}

// summarize prints what was read, and what the queries that were asked of it need.
func (p *program) summarize(cmd *cobra.Command, f *readFlags, c *stream.Coverage, asked []report.Result) error {
	switch f.summary {
	case "text":
		report.Summary(p.stderr, c, p.display(cmd, p.stderr))
		report.Dropped(p.stderr, asked, p.display(cmd, p.stderr))
		report.Approximate(p.stderr, asked, p.display(cmd, p.stderr))
		report.Needs(p.stderr, asked, p.display(cmd, p.stderr))
		report.Suppressed(p.stderr, asked, p.display(cmd, p.stderr))
		report.Contexts(p.stderr, asked, p.display(cmd, p.stderr))
	case "json":
		return report.SummaryJSON(p.stderr, c, asked)
	}
	return nil
}

// verdict is the exit code of a run that finished.
func (r *reading) verdict(failOnHit bool) error {
	switch {
	case r.interrupted:
		return &exit{code: exitInterrupted}
	case !r.Coverage.Whole() || r.missing != nil:
		return &exit{code: exitDamage}
	case failOnHit && r.Coverage.Hits > 0:
		return &exit{code: exitHits}
	}
	return nil
}
