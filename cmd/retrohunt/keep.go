package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/runfile"
)

func (f *runFlags) registerSave(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.save, "save", "", "keep the run in `FILE`, for retrohunt report and merge: detections, what they gathered, what was read, samples; rows that --tune leaves out, too")
}

// shard is which part of the inputs to read; the zero shard is all.
type shard struct{ i, n int }

// String is the shard as --shard takes it.
func (s *shard) String() string {
	if s.n == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.i, s.n)
}

// Type is for the help.
func (s *shard) Type() string { return "I/N" }

// Set reads 2/7.
func (s *shard) Set(text string) error {
	var read shard
	if _, err := fmt.Sscanf(text, "%d/%d", &read.i, &read.n); err != nil || read.String() != text || read.i < 1 || read.i > read.n {
		return fmt.Errorf("a shard is such as 2/7, from 1/7 to 7/7, not %q", text)
	}
	*s = read
	return nil
}

// deal leaves a job the inputs of the shard.
func (s *shard) deal(job *stream.Job) {
	if s.n == 0 {
		return
	}
	job.Among = len(job.Inputs)
	job.Inputs, job.Numbers = stream.Shard(job.Inputs, s.i, s.n)
}

// kept is a run that is saved, nil for none.
type kept struct {
	file    *newFile
	run     *runfile.Run
	ongoing *ongoing
}

// keep begins the file of --save.
func (p *program) keep(f *runFlags) (*kept, error) {
	if f.save == "" {
		return nil, nil
	}
	file, err := create(f.save, f.force || f.resume != "")
	if err != nil {
		return nil, err
	}
	return &kept{file, &runfile.Run{Version: release, Started: p.now()}, f.ongoing}, nil
}

func (k *kept) abandon() {
	if k != nil {
		k.file.abandon()
	}
}

// note takes what was asked, and what was read for it.
func (k *kept) note(f *runFlags, asks []ask, paths []string, clock engine.Clock, read *reading) {
	if k == nil {
		return
	}
	r := k.run
	f.describe(r, asks, paths, clock)
	r.Started = f.ongoing.started(r.Started)
	for _, err := range errorsOf(read.missing) {
		r.Missing = append(r.Missing, err.Error())
	}
	r.Inputs, r.Accounts, r.Skipped = runfile.HashInputs(read.inputs), read.Accounts, read.skipped
}

// describe says of a run what it was asked.
func (f *runFlags) describe(r *runfile.Run, asks []ask, paths []string, clock engine.Clock) {
	r.Paths, r.Settings = paths, f.settings()
	r.Clock = runfile.Clock{Now: clock.Now, From: clock.From, To: clock.To, Zone: f.zone}
	r.Shard, r.Shards = max(1, f.shard.i), max(1, f.shard.n)
	for _, a := range asks {
		d := *a.result.Detection
		d.Query = a.text // with the values of parameters
		if a.result.Retuned != nil {
			d.Severity = a.result.Retuned.Stated
		}
		q := runfile.Query{Detection: &d, Hash: runfile.HashQuery(d.Query), Severity: a.result.Detection.Severity}
		if a.tuning != nil {
			for _, e := range a.tuning.exclusions {
				q.Exclusions = append(q.Exclusions, runfile.Exclusion{Where: e.Where, Reason: e.Reason, Expires: e.Expires})
			}
		}
		r.Queries = append(r.Queries, q)
	}
}

// settings are the flags that decide rows and coverage, beside time, which the clock has.
func (f *runFlags) settings() []string {
	return []string{
		"--category " + strings.Join(f.categories, ", "), "--map " + f.mapping, "--undated " + f.undated,
		"--dedup " + strings.Join(f.dedup, ", "), fmt.Sprintf("--validate %t", f.validate), fmt.Sprintf("--sample %d", f.sample),
		"--lookup-table " + strings.Join(f.tables.files, ", "), "--lookup-dir " + f.tables.dir,
		"--geoip " + strings.Join(f.tables.geoip, ", "), "--threat " + strings.Join(f.tables.threat, ", "),
	}
}

// write writes the run, unless its tables are not whole.
func (k *kept) write(read *reading, s *samples) error {
	if k == nil {
		return nil
	}
	for i, t := range read.Tables {
		if t.Err != nil {
			return nil // which is told with the rows
		}
		k.run.Queries[i].Partial = read.Partials[i]
		if read.Found != nil {
			k.run.Queries[i].Found = read.Found[i]
		}
	}
	k.run.Coverage = read.Coverage
	var err error
	if k.run.Samples, err = s.list(); err != nil {
		return err
	}
	if err := k.file.finish(func(w io.Writer) error { return runfile.Write(w, k.run) }); err != nil {
		return err
	}
	return k.ongoing.end(&read.Coverage)
}

// clockOf returns the clock of a saved run.
func clockOf(r *runfile.Run) (engine.Clock, error) {
	zone, err := time.LoadLocation(r.Clock.Zone)
	if err != nil {
		return engine.Clock{}, err
	}
	return engine.Clock{Now: r.Clock.Now, From: r.Clock.From, To: r.Clock.To, Zone: zone}, nil
}

// ofRun lets an output say of a saved run what it would have said then.
func (o *output) ofRun(r *runfile.Run) {
	run := o.options.Run // the terminal's too
	*run = report.Run{Version: r.Version, Started: r.Started, Paths: r.Paths, CSV: run.CSV, Tuning: run.Tuning}
}
