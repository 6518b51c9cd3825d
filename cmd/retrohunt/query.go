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
		Long: `Ask logs a query of your own. The rows of a query without an aggregate are the events that it keeps,
newest first: time, source category, the fields that the query names, and the event.`,
		Example: `  retrohunt query '* | count by _sourceCategory' exports/
  retrohunt query @saved-search.sumo -t csv exports/
  retrohunt query 'error _sourceCategory=Windows/*' -t raw exports/`,
		Args: needs(2, "a query and a PATH to read"),
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&f.unordered, "unordered", false, "print messages as they are found, not newest first: at once, and in no certain order unless -j is 1")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		src, err := querySource(args[0])
		if err != nil {
			return err
		}
		if err := needed(cmd, src.Text); err != nil {
			return err
		}
		q, err := p.compile(cmd, src)
		if err != nil {
			return err
		}
		if q, err = p.bind(cmd, &f.tables, src, q); err != nil {
			return err
		}
		return p.replay(cmd, &f, []ask{{query: q, text: q.Text()}}, args[1:])
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
