package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/report"
	"retrohunt/runfile"
)

// This file prints several saved runs together, each with its own coverage.

// runColumn says of a row which run it is of, where several are printed.
const runColumn = "_run"

// gathered returns saved runs, shards of one run together.
func gathered(parts []part) (runs [][]part) {
	for _, one := range parts {
		at := slices.IndexFunc(runs, func(g []part) bool { return one.Shards > 1 && g[0].Shards > 1 && g[0].differs(&one) == "" })
		if at < 0 {
			runs = append(runs, []part{one})
		} else {
			runs[at] = append(runs[at], one)
		}
	}
	return runs
}

// report prints saved runs: shards of one run as that run, others side by side.
func (p *program) report(cmd *cobra.Command, f *runFlags, tuned *tuneFlags, names []string) error {
	parts, err := openParts(names)
	if err != nil {
		return err
	}
	var runs []*revived
	for _, group := range gathered(parts) {
		one := &revived{of: []*runfile.Run{group[0].Run}}
		for _, g := range group {
			one.names = append(one.names, g.name)
		}
		if len(group) > 1 {
			if one.of, err = whole(group); err != nil {
				return &exit{exitUsage, err}
			}
		}
		runs = append(runs, one)
	}
	if len(runs) == 1 {
		return p.revive(cmd, f, tuned, runs[0].of)
	}
	return p.together(cmd, f, tuned, runs, names)
}

// revived is a saved run, one of several that are printed.
type revived struct {
	names   []string
	of      []*runfile.Run // shards, or the run
	asks    []ask
	read    *reading
	results []report.Result
}

func (r *revived) name() string { return strings.Join(r.names, " + ") }

// together prints runs side by side.
func (p *program) together(cmd *cobra.Command, f *runFlags, tuned *tuneFlags, runs []*revived, names []string) error {
	if err := f.checkSummary(); err != nil {
		return err
	}
	if f.saveTables != "" {
		return usageError("--save-tables stores the rows of one run")
	}
	overlay, err := p.overlay(cmd, tuned)
	if err != nil {
		return err
	}
	f.tuning = tuned.facts(overlay)
	room, err := budget(f.memory, 0)
	if err != nil {
		return err
	}
	var asks []ask
	for _, r := range runs {
		all := detectionsOf(r.of[0])
		if r.asks, err = p.asks(cmd, &f.tables, all, retune(all, overlay), overlay, tuned); err != nil {
			return err
		}
		asks = append(asks, r.asks...)
	}
	to, err := p.places(cmd, f, asks, names)
	if err != nil {
		return err
	}
	defer to.abandon()
	var results []report.Result
	for _, r := range runs {
		if err := r.make(f, &to, room); err != nil {
			return err
		}
		defer r.close()
		results = append(results, r.results...)
		run := &report.Run{Version: r.of[0].Version, Started: r.of[0].Started, Paths: r.of[0].Paths, Coverage: &r.read.Coverage}
		to.output.options.Run.Parts = append(to.output.options.Run.Parts, report.Part{Name: r.name(), Run: run, Results: r.results})
	}
	if err := to.output.write(results, nil); err != nil {
		return err
	}
	return p.summarizeAll(cmd, f, runs, &to)
}

// make makes the results of a run.
func (r *revived) make(f *runFlags, to *places, room *engine.Memory) error {
	clock, err := clockOf(r.of[0])
	if err != nil {
		return &exit{exitUsage, err}
	}
	if r.read, err = addedUp(r.asks, clock, room, r.of); err != nil {
		return fmt.Errorf("%s: %w", r.name(), err)
	}
	samples := newSamples(f, to.output)
	defer samples.close()
	for _, run := range r.of {
		samples.refill(run.Samples)
	}
	if r.results, err = resultsOf(r.asks, r.read, clock, to.context); err != nil {
		return err
	}
	if err := samples.give(r.results); err != nil {
		return err
	}
	for i := range r.results {
		r.results[i].Run = r.name()
		if err := sayRun(&r.results[i]); err != nil {
			return err
		}
	}
	return nil
}

// sayRun puts the run in front of each row.
func sayRun(r *report.Result) error {
	of := r.Table
	t := &engine.Table{Columns: append([]string{runColumn}, of.Columns...), Hits: of.Hits, Days: of.Days, Warnings: of.Warnings, Needs: of.Needs}
	for row := range of.All() {
		t.Rows = append(t.Rows, append([]value.Value{value.OfString(r.Run)}, row...))
	}
	of.Close()
	r.Table = t
	return of.Err
}

func (r *revived) close() {
	for _, t := range r.read.Tables {
		t.Close()
	}
}

// summarizeAll says of each run what was read. The exit code is the first that a run asks for.
func (p *program) summarizeAll(cmd *cobra.Command, f *runFlags, runs []*revived, to *places) error {
	var verdict error
	for _, r := range runs {
		c := &r.read.Coverage
		if f.summary == "text" {
			report.RunName(p.stderr, r.name(), p.display(cmd, p.stderr))
		}
		if err := p.summarize(cmd, &f.readFlags, c, r.results); err != nil {
			return err
		}
		if f.summary == "text" {
			report.Total(p.stderr, c, r.results, p.display(cmd, p.stderr))
		}
		verdict = cmp.Or(verdict, r.read.verdict(false))
	}
	to.output.summarize(p, cmd, &f.readFlags)
	return verdict
}

// addedUp adds up runs that are parts of one.
func addedUp(asks []ask, clock engine.Clock, room *engine.Memory, runs []*runfile.Run) (*reading, error) {
	total := newSum(asks, clock, room, runs[0])
	for _, run := range runs {
		if err := total.add(partOf(run)); err != nil {
			return nil, &exit{exitUsage, fmt.Errorf("shard %d/%d: %w", run.Shard, run.Shards, err)}
		}
	}
	read := &reading{}
	var err error
	if read.Result, err = total.result(); err != nil {
		return nil, err
	}
	for _, text := range runs[0].Missing {
		read.missing = errors.Join(read.missing, errors.New(text))
	}
	return read, nil
}
