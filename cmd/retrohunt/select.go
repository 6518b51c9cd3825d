package main

import (
	"github.com/spf13/cobra"

	"retrohunt/detections"
)

// selectFlags choose among detections.
type selectFlags struct{ detections.Selection }

func (f *selectFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.MinLevel, "min-level", "", "detections of this `LEVEL` or above: informational, low, medium, high, critical; not those that state none")
	flags.StringArrayVar(&f.Tags, "tag", nil, "detections with this `TAG`: a technique such as T1021 (and those below it), a tactic, or a tag of their own; repeatable, any counts")
	flags.StringArrayVar(&f.Include, "include", nil, "detections of this `ID`, or glob of ids; repeatable, any counts")
	flags.StringArrayVar(&f.Exclude, "exclude", nil, "not detections of this `ID`, or glob of ids; repeatable")
	must(cmd.RegisterFlagCompletionFunc("min-level", cobra.FixedCompletions(detections.Severities, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("tag", completeTags))
	must(cmd.RegisterFlagCompletionFunc("include", completeIDs))
	must(cmd.RegisterFlagCompletionFunc("exclude", completeIDs))
}

// choose returns the detections that the flags select.
func (f *selectFlags) choose(all []*detections.Detection) ([]*detections.Detection, error) {
	chosen, err := detections.Select(all, &f.Selection)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return chosen, nil
}

// completeTags completes the techniques, tactics and tags of the shipped detections.
func completeTags(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	all, _ := detections.Shipped()
	var tags []string
	for _, d := range all {
		tags = append(append(append(tags, d.Techniques...), d.Tactics...), d.Tags...)
	}
	return tags, cobra.ShellCompDirectiveNoFileComp
}
