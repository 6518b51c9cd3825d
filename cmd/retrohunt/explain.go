package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/report"
)

func (p *program) explain() *cobra.Command {
	var approx bool
	cmd := &cobra.Command{
		Use:   "explain ID|FILE|'TEXT'|@FILE",
		Short: "Show what a query was compiled to",
		Long: `Show what a detection or query was compiled to: its scope, the fields to extract from an event,
the operators, the columns, and the texts that it looks for.`,
		Example: `  retrohunt explain t1021.007
  retrohunt explain '* | where EventID = 4625 | count by Computer'`,
		Args:              exactly(1, "an ID, a FILE or a query"),
		ValidArgsFunction: completeIDs,
		RunE: func(cmd *cobra.Command, args []string) error {
			sources, err := explained(args[0])
			if err != nil {
				return err
			}
			for _, src := range sources {
				q, err := p.compile(cmd, src)
				if err != nil {
					return err
				}
				if approx {
					q = q.Approximated()
				}
				if _, err := fmt.Fprint(p.stdout, q.Explain()); err != nil {
					return err
				}
			}
			return nil
		},
	}
	registerParams(cmd)
	registerApprox(cmd, &approx)
	return cmd
}

// explained finds what the user means: a shipped detection, a file of detections, or a query.
func explained(arg string) ([]report.Source, error) {
	if d, err := shippedByID(arg); err != nil || d != nil {
		return []report.Source{sourceOf(d)}, err
	}
	if _, err := os.Stat(arg); err != nil {
		src, err := querySource(arg)
		return []report.Source{src}, err
	}
	found, err := detections.Load(arg)
	if err != nil {
		return nil, &exit{exitQuery, err}
	}
	var out []report.Source
	for _, d := range found {
		out = append(out, sourceOf(d))
	}
	return out, nil
}

// shippedByID returns the shipped detection of that id, nil if there is none.
func shippedByID(id string) (*detections.Detection, error) {
	all, err := detections.Shipped()
	for _, d := range all {
		if d.ID == id {
			return d, err
		}
	}
	return nil, err
}

// completeIDs completes the ids of the shipped detections.
func completeIDs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	all, _ := detections.Shipped()
	var ids []string
	for _, d := range all {
		ids = append(ids, d.ID+"\t"+d.Title)
	}
	return ids, cobra.ShellCompDirectiveDefault
}
