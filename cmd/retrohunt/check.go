package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/report"
)

func (p *program) check() *cobra.Command {
	var selected selectFlags
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Compile detections and queries, and show all their mistakes",
		Long:  `Compile detections (.yaml) and queries (.sumo), of files or whole directories, or a query from standard input (-).`,
		Args:  needs(1, "a FILE with a detection or query"),
		RunE: func(cmd *cobra.Command, names []string) error {
			var failed error
			for _, name := range names {
				if err := p.checkFile(cmd, &selected, name); err != nil {
					failed = err
				}
			}
			return failed
		},
	}
	selected.register(cmd)
	registerParams(cmd)
	return cmd
}

func (p *program) checkFile(cmd *cobra.Command, selected *selectFlags, name string) error {
	if name == "-" {
		text, err := io.ReadAll(p.stdin)
		if err != nil {
			return err
		}
		return p.checkSource(cmd, "query", report.Source{Name: "-", Line: 1, Text: string(text)})
	}
	found, err := detections.Load(name)
	if err != nil {
		for line := range strings.Lines(err.Error() + "\n") {
			fmt.Fprintf(p.stderr, "error: %s", line)
		}
		err = &exit{code: exitQuery}
	}
	found, none := selected.choose(found)
	if none != nil {
		return none
	}
	for _, d := range found {
		if e := p.checkSource(cmd, d.ID, sourceOf(d)); e != nil {
			err = e
		}
	}
	return err
}

func (p *program) checkSource(cmd *cobra.Command, id string, src report.Source) error {
	q, err := p.compile(cmd, src)
	if err != nil {
		return err
	}
	given, err := params(cmd)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %s compiles; columns %s%s\n", src.Name, id, strings.Join(q.Columns(), ", "), paramList(src.Text, given))
	return nil
}
