package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/report"
)

func (p *program) query() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "query 'TEXT'|@FILE PATH...",
		Short: "Ask logs a query of your own",
		Example: `  retrohunt query '* | count by _sourceCategory' exports/
  retrohunt query @saved-search.sumo -t csv exports/`,
		Args: needs(2, "a query and a PATH to read"),
	}
	f.register(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		src, err := querySource(args[0])
		if err != nil {
			return err
		}
		q, err := p.compile(cmd, src)
		if err != nil {
			return err
		}
		return p.replay(cmd, &f, []ask{{query: q, text: src.Text}}, args[1:])
	}
	return cmd
}

// querySource takes a query from the command line, or from the file that it names there.
func querySource(arg string) (report.Source, error) {
	name, isFile := strings.CutPrefix(arg, "@")
	if !isFile {
		return report.Source{Name: "query", Line: 1, Text: arg}, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return report.Source{}, &exit{exitUsage, err}
	}
	return report.Source{Name: name, Line: 1, Text: string(text)}, nil
}
