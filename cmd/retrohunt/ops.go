package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"retrohunt/engine/catalog"
)

func (p *program) ops() *cobra.Command {
	return &cobra.Command{
		Use:   "ops [NAME...]",
		Short: "Show what of the query language is supported",
		Long:  `List the operators, functions and aggregates of the query language, or show those of the given names with an example.`,
		Example: `  retrohunt ops
  retrohunt ops count_distinct 'json auto'`,
		ValidArgsFunction: completeNames,
		RunE: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 {
				return listOps(p.stdout)
			}
			for _, name := range names {
				if err := showOp(p.stdout, name); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// everyKind is all kinds of the catalog.
var everyKind = []catalog.Kind{catalog.Operator, catalog.Function, catalog.Aggregate, catalog.Infix}

func completeNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return catalog.Names(everyKind...), cobra.ShellCompDirectiveNoFileComp
}

// columns returns a writer that lines cells up which are separated by tabs.
func columns(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }

func listOps(w io.Writer) error {
	out := columns(w)
	supported, all := 0, 0
	for _, e := range catalog.All() {
		if e.Support == catalog.NotSumo {
			continue
		}
		all++
		if e.Support == catalog.Supported {
			supported++
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", e.Name, e.Kind, e.Support, e.Doc)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d of %d supported\n", supported, all)
	return err
}

// showOp shows the entries of a name, of which there may be one of each kind.
func showOp(w io.Writer, name string) error {
	found := false
	for _, kind := range everyKind {
		e, ok := catalog.Find(kind, name)
		if !ok {
			continue
		}
		found = true
		fmt.Fprintf(w, "%s  %s, %s\n  %s\n", e.Name, e.Kind, e.Support, strings.TrimSpace(e.Doc+" "+e.Hint))
		if e.Form != "" {
			fmt.Fprintf(w, "  form: %s\n", e.Form)
		}
		if e.Example != "" {
			if _, err := fmt.Fprintf(w, "  for example: %s\n", e.Example); err != nil {
				return err
			}
		}
	}
	if found {
		return nil
	}
	hint := ""
	if near := catalog.Nearest(name, catalog.Names(everyKind...)); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return usageError("%s is no word of the query language%s", name, hint)
}
