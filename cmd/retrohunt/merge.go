package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/internal/pattern"
	"retrohunt/runfile"
)

func (p *program) merge() *cobra.Command {
	var f runFlags
	var tuned tuneFlags
	cmd := &cobra.Command{
		Use:   "merge PART...",
		Short: "Add up the shards of a run",
		Long: `Add up the shards of a run, which hunt --shard I/N --save made: the rows are those of one run over all inputs.
Shards that are missing, there twice, or of other detections, inputs or settings are refused.`,
		Example: `  retrohunt hunt --shard 1/2 --save one.rhr exports/
  retrohunt hunt --shard 2/2 --save two.rhr exports/
  retrohunt merge one.rhr two.rhr --save whole.rhr -o rows.csv`,
		Args: needs(1, "the files of the PARTs that hunt --shard I/N --save wrote"),
	}
	f.registerSaved(cmd)
	f.registerSave(cmd)
	tuned.register(cmd)
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		parts, err := openParts(names)
		if err != nil {
			return err
		}
		runs, err := whole(parts)
		if err != nil {
			return &exit{exitUsage, err}
		}
		return p.revive(cmd, &f, &tuned, runs)
	}
	return cmd
}

// part is a saved run, and its file.
type part struct {
	name string
	*runfile.Run
}

// whole returns the runs in the order of their shards, if together they are one run.
func whole(parts []part) ([]*runfile.Run, error) {
	for _, other := range parts[1:] {
		if what := parts[0].differs(&other); what != "" {
			return nil, fmt.Errorf("%s and %s cannot be merged: %s", parts[0].name, other.name, what)
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.Shard, b.Shard) })
	for i := range parts[1:] {
		if a, b := parts[i], parts[i+1]; a.Shard == b.Shard {
			return nil, fmt.Errorf("shard %d/%d is there twice: %s and %s", a.Shard, a.Shards, a.name, b.name)
		}
	}
	var runs []*runfile.Run
	readBy := map[int]string{} // the part by the number of an input
	for _, one := range parts {
		for _, in := range one.Accounts {
			if other := readBy[in.Number]; other != "" {
				return nil, fmt.Errorf("%s and %s both read %q", other, one.name, in.Name)
			}
			readBy[in.Number] = one.name
		}
		runs = append(runs, one.Run)
	}
	if missing := absent(runs); missing != "" {
		return nil, fmt.Errorf("missing: shard %s", missing)
	}
	return runs, nil
}

// absent names the shards that are not there.
func absent(runs []*runfile.Run) string {
	var missing []string
	at := 0
	for i := 1; i <= runs[0].Shards && len(missing) < 10; i++ {
		if at < len(runs) && runs[at].Shard == i {
			at++
			continue
		}
		missing = append(missing, fmt.Sprintf("%d/%d", i, runs[0].Shards))
	}
	return strings.Join(missing, ", ")
}

// usesNow finds queries whose rows depend on the moment of the run.
var usesNow = pattern.New(`(?i)\bnow\s*\(`)

// differs says why two parts are not of one run, "" if they are.
func (a *part) differs(b *part) string {
	switch {
	case a.Version != b.Version:
		return fmt.Sprintf("they were made by retrohunt %s and %s", a.Version, b.Version)
	case a.Shards != b.Shards:
		return fmt.Sprintf("they are of %d and of %d shards", a.Shards, b.Shards)
	case a.Inputs != b.Inputs:
		return "their shards are not of the same inputs"
	case !a.Clock.From.Equal(b.Clock.From) || !a.Clock.To.Equal(b.Clock.To) || a.Clock.Zone != b.Clock.Zone:
		return "they are of other times: --from, --to, --since or --tz"
	case !slices.Equal(a.Settings, b.Settings):
		return a.setting(b)
	}
	return a.queriesDiffer(b)
}

// setting names the first setting that differs.
func (a *part) setting(b *part) string {
	for i := range min(len(a.Settings), len(b.Settings)) {
		if a.Settings[i] != b.Settings[i] {
			return fmt.Sprintf("%q here, %q there", a.Settings[i], b.Settings[i])
		}
	}
	return "they have other settings"
}

func (a *part) queriesDiffer(b *part) string {
	if len(a.Queries) != len(b.Queries) {
		return fmt.Sprintf("they are of %d and of %d detections", len(a.Queries), len(b.Queries))
	}
	for i, q := range a.Queries {
		other := b.Queries[i]
		switch {
		case q.Detection.ID != other.Detection.ID || q.Hash != other.Hash:
			return fmt.Sprintf("they are of other detections: %s, %s", q.Detection.ID, other.Detection.ID)
		case usesNow().MatchString(q.Detection.Query) && !a.Clock.Now.Equal(b.Clock.Now):
			return fmt.Sprintf("%s asks for now(), which was another time for each: give --now to all shards", q.Detection.ID)
		}
	}
	return ""
}
