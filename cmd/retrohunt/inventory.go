package main

import (
	"github.com/spf13/cobra"

	"retrohunt/engine/stream"
	"retrohunt/inventory"
	"retrohunt/normalize"
	"retrohunt/report"
)

// inventoryFlags are the flags of inventory.
type inventoryFlags struct {
	readFlags
	format string
	inputs bool
	fields bool
}

// inventoryFormats are what -t takes.
var inventoryFormats = []string{"table", "json"}

func (p *program) inventory() *cobra.Command {
	var f inventoryFlags
	cmd := &cobra.Command{
		Use:   "inventory PATH...",
		Short: "Say what is in logs",
		Long: `Say what is in logs, before or after a hunt: for each source category and shape the events, their
time and the days without any, hosts, and the most frequent event ids or names; with --fields also
which fields there are, and how often, so that it shows which detection can fire at all.

Days are in UTC. Names of fields are those of json auto, with [] for the indexes of arrays. Of hosts
and kinds the 10 most frequent are shown. Only 1,000 categories and shapes, 100,000 names in each, and
1,000,000 inputs are told apart; what is beyond is counted together, and said.`,
		Example: `  retrohunt inventory exports/
  retrohunt inventory --fields -t table exports/ | less
  retrohunt inventory --inputs -t json 'logs/*.json.gz' | jq '.inputs[] | select(.undated > 0)'`,
		Args: needs(1, "a PATH to read, or - for standard input"),
		RunE: func(cmd *cobra.Command, paths []string) error { return p.takeInventory(cmd, &f, paths) },
	}
	f.readFlags.register(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "t", "", "`format`: table or json (default: table on a terminal, else json)")
	flags.BoolVar(&f.inputs, "inputs", false, "what is in each input, too")
	flags.BoolVar(&f.fields, "fields", false, "the fields of each category, too, and how often they are there; slower")
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(inventoryFormats, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func (p *program) takeInventory(cmd *cobra.Command, f *inventoryFlags, paths []string) error {
	job, err := p.job(&f.readFlags)
	if err != nil {
		return err
	}
	print, err := p.inventoryPrinter(cmd, f)
	if err != nil {
		return err
	}
	job.Normalize.Time, job.Normalize.Host = true, true
	o := inventory.Options{Inputs: f.inputs, Fields: f.fields, NoMapping: job.Normalize.NoMapping}
	job.Observe = func(fields *normalize.Projection) stream.Observer { return inventory.New(fields, o) }
	read, err := p.read(cmd, &f.readFlags, job, paths)
	if err != nil {
		return err
	}
	writeErr := print(read.Result)
	if err := p.summarize(cmd, &f.readFlags, &read.Coverage, nil); err != nil {
		return err
	}
	if writeErr != nil {
		return writeErr
	}
	return read.verdict(false)
}

// inventoryPrinter chooses the format.
func (p *program) inventoryPrinter(cmd *cobra.Command, f *inventoryFlags) (func(*stream.Result) error, error) {
	_, onTerminal := terminal(p.stdout)
	switch {
	case f.format == "table", f.format == "" && onTerminal:
		return func(r *stream.Result) error {
			return report.Inventory(p.stdout, inventoryOf(r), r.Coverage.Partial, p.display(cmd, p.stdout))
		}, nil
	case f.format == "json", f.format == "":
		return func(r *stream.Result) error { return report.InventoryJSON(p.stdout, inventoryOf(r), &r.Coverage) }, nil
	}
	return nil, usageError("-t is table or json, not %q", f.format)
}

// inventoryOf merges what the workers of a run saw.
func inventoryOf(r *stream.Result) *inventory.Result {
	whole := r.Observers[0].(*inventory.Inventory)
	for _, o := range r.Observers[1:] {
		whole.Merge(o.(*inventory.Inventory))
	}
	return whole.Result()
}
