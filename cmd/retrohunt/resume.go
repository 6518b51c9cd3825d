package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/runfile"
	"retrohunt/sources"
)

// This file is about runs that do not end. A run that is saved keeps a journal beside the file that it will become: what its workers
// gathered of inputs that they have read. It is added up in the end, and so is what another run adds that goes on with it.

func (f *runFlags) registerResume(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.resume, "resume", "", "go on with the run that --save was to keep in `RUN`, which was killed or interrupted, or begin it: inputs that it had finished are not read again; the rows are those of a run that was not interrupted")
	cmd.Flags().DurationVar(&f.checkpoint, "checkpoint", 5*time.Second, "with --save and --resume, how often each worker writes down the inputs that it has finished, as `DURATION`; 0s is after each input")
	cmd.MarkFlagsMutuallyExclusive("save", "resume")
}

// ongoing is a run that keeps a journal; nil if it does not.
type ongoing struct {
	name     string // of the journal
	journal  *runfile.Journal
	every    time.Duration
	was      *runfile.Begun // what is gone on with; nil: nothing is
	is       *runfile.Begun
	samples  *samples
	inputs   int           // of the shard
	finished int           // of them, when the run was gone on with
	before   time.Duration // how long the run had lasted then

	mu     sync.Mutex
	failed error // to write the journal
}

// ongoing opens the journal of a run that is gone on with, and makes sure that there is none of another, least of all of one that
// is still writing it.
func (p *program) ongoing(cmd *cobra.Command, f *runFlags, paths []string) (*ongoing, error) {
	if f.checkpoint < 0 {
		return nil, usageError("--checkpoint is 0s or more, not %v", f.checkpoint)
	}
	if name := cmp.Or(f.resume, f.save); name != "" {
		if err := clearLeft(name); err != nil {
			return nil, err
		}
	}
	reason := f.unresumable(paths)
	if f.resume == "" {
		if f.save == "" || reason != "" {
			return nil, nil
		}
		o := &ongoing{name: f.save + ".journal", every: f.checkpoint}
		return o, o.alone(f)
	}
	if reason != "" {
		return nil, usageError("--resume cannot go on: %s", reason)
	}
	f.save = f.resume
	o := &ongoing{name: f.save + ".journal", every: f.checkpoint}
	if run, err := openRun(f.save); err == nil && !run.Coverage.Partial {
		return nil, usageError("%s has finished; retrohunt report prints it", f.save)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var err error
	if o.journal, o.was, err = runfile.OpenJournal(o.name); runfile.NotBegun(err) {
		log := p.log(cmd)
		log.Warn().Msgf("nothing of %s was written down; it begins anew", f.save)
		return o, o.remove()
	} else if err != nil {
		return nil, &exit{exitUsage, fmt.Errorf("%s: %w", o.name, err)}
	}
	return o, nil
}

// unresumable says why a run cannot be gone on with, "" if it can.
func (f *runFlags) unresumable(paths []string) string {
	switch {
	case len(f.dedup) > 0:
		return "--dedup must see all inputs, one after the other"
	case f.events != "":
		return "the events that --events writes are kept nowhere before the run has ended"
	case f.manifest != "":
		return "--manifest accounts for what one run read, from its beginning to its end"
	case slices.Contains(paths, standardOutput): // standard input has the same name
		return "what came over standard input is gone"
	}
	return ""
}

// alone makes sure that no run is forgotten that could be gone on with.
func (o *ongoing) alone(f *runFlags) error {
	if _, err := os.Lstat(o.name); err != nil {
		return nil
	}
	if !f.force {
		return usageError("%s is of a run that did not finish: --resume %s goes on with it, --force begins anew", o.name, f.save)
	}
	return o.remove()
}

// remove takes a journal away that is not open, if there is one.
func (o *ongoing) remove() error {
	if err := os.Remove(o.name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return &exit{exitUsage, err}
	}
	return nil
}

// close closes the journal, which stays unless the run has ended.
func (o *ongoing) close() {
	if o != nil && o.journal != nil {
		o.journal.Close()
	}
}

// started is when the run began.
func (o *ongoing) started(now time.Time) time.Time {
	if o == nil || o.was == nil {
		return now
	}
	return o.was.Started
}

// ask notes what is asked, and what the run knew of time when it began.
func (o *ongoing) ask(f *runFlags, asks []ask, paths []string, clock *engine.Clock, job *stream.Job, s *samples) error {
	if o == nil {
		return nil
	}
	if o.was != nil {
		then, err := clockOf(&o.was.Run)
		if err != nil {
			return &exit{exitUsage, err}
		}
		*clock = then
		job.Window = job.Window.Between(then.From, then.To)
	}
	o.is = &runfile.Begun{Limits: f.limits()}
	o.is.Version, o.is.Started = release, clock.Now
	f.describe(&o.is.Run, asks, paths, *clock)
	o.samples = s
	s.keepForCheckpoints()
	return o.tables(&f.tables)
}

// limits are the flags beside settings that decide what is read, as they are written.
func (f *runFlags) limits() []string {
	password := "" // whose hash in a file could be guessed
	if f.password != "" {
		password = "given"
	}
	return []string{
		"--from " + f.from, "--to " + f.to, "--since " + f.since, "--now " + f.now, "--tz " + f.zone, "--file-date-from " + f.fileFrom,
		"--file-date-to " + f.fileTo, "--max-event " + f.maxEvent, "--archive-password " + password, "--max-decoded " + f.maxDecoded,
		fmt.Sprintf("--max-ratio %d", f.maxRatio), fmt.Sprintf("--max-members %d", f.maxMembers), "--spool-limit " + f.spool, "--inflate " + f.inflate,
	}
}

// tables notes the files that queries look things up in.
func (o *ongoing) tables(f *tableFlags) error {
	names := slices.Concat(f.geoip, f.threat)
	for _, given := range f.files {
		_, file, _ := strings.Cut(given, "=")
		names = append(names, file)
	}
	if f.dir != "" {
		entries, err := os.ReadDir(f.dir)
		if err != nil {
			return &exit{exitUsage, err}
		}
		for _, e := range entries {
			names = append(names, f.dir+string(os.PathSeparator)+e.Name())
		}
	}
	for _, name := range names {
		o.is.Files = append(o.is.Files, inputFile(sources.Input{Name: name}))
	}
	return nil
}

// inputFile is an input as it is now. Of what is no file nobody knows when it was changed.
func inputFile(in sources.Input) runfile.File {
	f := runfile.File{Name: in.Name, Size: in.Size}
	if !utf8.ValidString(in.Name) {
		f.Name = strconv.Quote(in.Name) // JSON would lose bytes
	}
	if info, err := os.Stat(in.Name); err == nil && in.URL == "" {
		f.Size, f.Modified = info.Size(), info.ModTime().UTC()
	}
	return f
}

// begin leaves a job the inputs that are not finished, and lets it write down those that it finishes.
func (o *ongoing) begin(job *stream.Job) error {
	if o == nil {
		return nil
	}
	for _, in := range job.Inputs {
		o.is.Files = append(o.is.Files, inputFile(in))
	}
	o.inputs = len(job.Inputs)
	job.Checkpoint, job.CheckpointEvery = o.keep, o.every
	if o.was == nil {
		var err error
		if o.journal, err = runfile.CreateJournal(o.name, o.is); err != nil {
			return &exit{exitUsage, err}
		}
		return nil
	}
	if what := changed(o.was, o.is); what != "" {
		return usageError("--resume cannot go on: %s", what)
	}
	done, err := o.recall(job)
	if err != nil {
		return &exit{exitUsage, fmt.Errorf("%s: %w", o.name, err)}
	}
	all, numbers := job.Inputs, job.Numbers
	job.Among = max(job.Among, len(all))
	job.Inputs, job.Numbers = nil, nil
	for i, in := range all {
		number := i
		if numbers != nil {
			number = numbers[i]
		}
		if !done[number] {
			job.Inputs, job.Numbers = append(job.Inputs, in), append(job.Numbers, number)
		}
	}
	return nil
}

// recall returns the numbers of inputs that are finished, and takes over their samples and what subqueries found: they are not asked
// twice.
func (o *ongoing) recall(job *stream.Job) (done map[int]bool, err error) {
	done = map[int]bool{}
	asked, first := &sum{queries: slices.Clone(job.Queries)}, true
	for p, err := range o.journal.Parts() {
		if err == nil {
			err = asked.compose(p, first)
		}
		if err != nil {
			return nil, err
		}
		first = false
		for _, in := range p.Accounts {
			if done[in.Number] {
				return nil, fmt.Errorf("%s was finished twice: two runs wrote to it at once", in.Name)
			}
			done[in.Number] = true
		}
		o.samples.refill(p.Samples)
		o.before = max(o.before, p.Coverage.Elapsed)
	}
	o.finished, job.Queries = len(done), asked.queries
	return done, nil
}

// keep appends a checkpoint to the journal. Where that fails the run goes on without.
func (o *ongoing) keep(c *stream.Checkpoint) bool {
	c.Coverage.Elapsed += o.before
	err := o.journal.Append(&runfile.Part{Coverage: c.Coverage, Accounts: c.Accounts, Samples: o.samples.take(c.Accounts), Found: c.Found, Partials: c.Partials})
	if err != nil {
		o.mu.Lock()
		o.failed = err
		o.mu.Unlock()
	}
	return err == nil
}

// complete adds what is in the journal to what a run read in the end.
func (o *ongoing) complete(p *program, cmd *cobra.Command, job *stream.Job, read *reading) error {
	if o == nil {
		return nil
	}
	if o.failed != nil {
		log := p.log(cmd)
		log.Warn().Msgf("%v; --resume would go on from what was written before", o.failed)
	}
	if o.journal.Empty() {
		return nil
	}
	total := &sum{skipped: read.skipped}
	for _, q := range job.Queries {
		total.queries = append(total.queries, q.Within(job.Memory))
	}
	for _, t := range read.Tables {
		if t.Close(); t.Err != nil {
			return t.Err
		}
	}
	for p, err := range o.journal.Parts() {
		if err == nil {
			err = total.add(p)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
	}
	last := &runfile.Part{Coverage: read.Coverage, Accounts: read.Accounts, Found: read.Found, Partials: read.Partials}
	elapsed := read.Coverage.Elapsed + o.before
	err := total.add(last)
	if err == nil {
		read.Result, err = total.result()
	}
	if err != nil {
		return err
	}
	read.Coverage.Elapsed = elapsed
	return nil
}

// summarize says what was finished before.
func (o *ongoing) summarize(p *program, cmd *cobra.Command, f *readFlags) {
	if o != nil && o.was != nil && f.summary == "text" {
		report.Resumed(p.stderr, o.finished, o.inputs, p.display(cmd, p.stderr))
	}
}

// end takes the journal away when the run is whole and saved.
func (o *ongoing) end(c *stream.Coverage) error {
	if o == nil || c.Partial {
		return nil
	}
	return o.journal.Remove()
}

// changed says what is not as it was when a run began, "" if nothing is.
func changed(was, is *runfile.Begun) string {
	a, b := part{"the run", &was.Run}, part{"this one", &is.Run}
	switch {
	case a.Version != b.Version:
		return fmt.Sprintf("the run was begun by retrohunt %s, and this is %s", a.Version, b.Version)
	case a.Shard != b.Shard || a.Shards != b.Shards:
		return fmt.Sprintf("the run was of shard %d/%d, and this is %d/%d", a.Shard, a.Shards, b.Shard, b.Shards)
	}
	if what := a.queriesDiffer(&b); what != "" {
		return what
	}
	for _, flags := range [][2][]string{{was.Settings, is.Settings}, {was.Limits, is.Limits}} {
		for i := range min(len(flags[0]), len(flags[1])) {
			if flags[0][i] != flags[1][i] {
				return fmt.Sprintf("the run was begun with %q, and this is %q", flags[0][i], flags[1][i])
			}
		}
	}
	return filesDiffer(was.Files, is.Files)
}

// filesDiffer names the first file that is not as it was.
func filesDiffer(was, is []runfile.File) string {
	then := map[string]runfile.File{}
	for _, f := range was {
		then[f.Name] = f
	}
	for _, f := range is {
		before, ok := then[f.Name]
		switch delete(then, f.Name); {
		case !ok:
			return fmt.Sprintf("%s was not there when the run began", f.Name)
		case before.Size != f.Size:
			return fmt.Sprintf("%s had %d bytes when the run began, and has %d", f.Name, before.Size, f.Size)
		case !before.Modified.Equal(f.Modified):
			return fmt.Sprintf("%s was changed since the run began", f.Name)
		}
	}
	gone := slices.SortedFunc(maps.Values(then), func(a, b runfile.File) int { return cmp.Compare(a.Name, b.Name) })
	if len(gone) > 0 {
		return fmt.Sprintf("%s is not there any more", gone[0].Name)
	}
	return ""
}
