package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"retrohunt/runfile"
)

func (p *program) reportCommand() *cobra.Command {
	var f runFlags
	var tuned tuneFlags
	cmd := &cobra.Command{
		Use:   "report RUN...",
		Short: "Print runs that were saved",
		Long: `Print a run that hunt or merge saved as hunt would have printed it, in any format, without reading logs.
What --tune leaves out of rows is said anew: a saved run has all rows.

Several RUNs are printed together: shards of one run are merged, other runs stand side by side, each with what it
read, and the column _run says of a row which run it is of.`,
		Example: `  retrohunt hunt --save march.rhr exports/
  retrohunt report march.rhr -o march.html -o march.csv
  retrohunt report january.rhr february.rhr march.rhr -o quarter.html`,
		Args: needs(1, "the files of the RUNs that hunt --save wrote"),
	}
	f.registerSaved(cmd)
	tuned.register(cmd)
	cmd.RunE = func(cmd *cobra.Command, names []string) error { return p.report(cmd, &f, &tuned, names) }
	return cmd
}

// registerSaved registers the flags of the commands that print saved runs.
func (f *runFlags) registerSaved(cmd *cobra.Command) {
	f.registerOutput(cmd)
	f.registerContext(cmd)
	f.revived = true
	cmd.Flags().StringVar(&f.summary, "summary", "text", "what was read, on standard error: `text`, json or none")
}

// checkSummary checks what --summary says.
func (f *readFlags) checkSummary() error {
	if !slices.Contains([]string{"text", "json", "none"}, f.summary) {
		return usageError("--summary is text, json or none, not %q", f.summary)
	}
	return nil
}

// openRun reads a saved run.
func openRun(name string) (*runfile.Run, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	defer file.Close()
	run, err := runfile.Read(file)
	if err != nil {
		return nil, &exit{exitUsage, fmt.Errorf("%s: %w", name, err)}
	}
	return run, nil
}

// openParts reads saved runs.
func openParts(names []string) (parts []part, err error) {
	for _, name := range names {
		run, err := openRun(name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{name, run})
	}
	return parts, nil
}

// revive prints what came of runs that are parts of one.
func (p *program) revive(cmd *cobra.Command, f *runFlags, tuned *tuneFlags, runs []*runfile.Run) error {
	if err := f.checkSummary(); err != nil {
		return err
	}
	overlay, err := p.overlay(cmd, tuned)
	if err != nil {
		return err
	}
	f.tuning = tuned.facts(overlay)
	first := runs[0]
	all := detectionsOf(first)
	asks, err := p.asks(cmd, &f.tables, all, retune(all, overlay), overlay, tuned)
	if err != nil {
		return err
	}
	clock, err := clockOf(first)
	if err != nil {
		return &exit{exitUsage, err}
	}
	room, err := budget(f.memory, 0)
	if err != nil {
		return err
	}
	to, err := p.places(cmd, f, asks, first.Paths)
	if err != nil {
		return err
	}
	defer to.abandon()
	to.output.ofRun(first)
	read, err := addedUp(asks, clock, room, runs)
	if err != nil {
		return err
	}
	for _, run := range runs {
		to.samples.refill(run.Samples)
	}
	to.kept.noteMerged(runs, read)
	return p.present(cmd, f, asks, &to, read, clock)
}

// noteMerged takes what parts have in common, and what they read together.
func (k *kept) noteMerged(runs []*runfile.Run, read *reading) {
	if k == nil {
		return
	}
	*k.run = *runs[0]
	k.run.Shard, k.run.Shards, k.run.Accounts = 1, 1, read.Accounts
	k.run.Queries, k.run.Samples = slices.Clone(runs[0].Queries), nil
}
