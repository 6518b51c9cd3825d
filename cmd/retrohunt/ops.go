package main

import (
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"retrohunt/engine/catalog"
)

func (p *program) ops() *cobra.Command {
	return &cobra.Command{
		Use:   "ops",
		Short: "Show what of the query language is supported",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			out := table.NewWriter()
			style := table.StyleLight
			style.Options = table.OptionsNoBordersAndSeparators
			style.Box.PaddingLeft = ""
			out.SetStyle(style)
			supported, all := 0, 0
			for _, e := range catalog.All() {
				if e.Support == catalog.NotSumo {
					continue
				}
				all++
				if e.Support == catalog.Supported {
					supported++
				}
				out.AppendRow(table.Row{e.Name, e.Kind, e.Support, e.Doc})
			}
			_, err := fmt.Fprintf(p.stdout, "%s\n\n%d of %d supported\n", out.Render(), supported, all)
			return err
		},
	}
}
