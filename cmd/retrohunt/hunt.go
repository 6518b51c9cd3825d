package main

import (
	"errors"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/report"
	"retrohunt/tune"
)

func (p *program) hunt() *cobra.Command {
	var f runFlags
	var selected selectFlags
	var tuned tuneFlags
	var rules []string
	cmd := &cobra.Command{
		Use:   "hunt PATH...",
		Short: "Replay logs through detections",
		Long: `Replay logs through detections: files, directories, globs, or - for standard input, plain or
compressed. All detections run in one pass over the data.`,
		Example: `  retrohunt hunt exports/
  retrohunt hunt --min-level high --tag T1021 --tune tune.yaml exports/
  retrohunt hunt -r my-rules/ -t csv -o rows.csv 'logs/*.json.gz'
  zcat archive.gz | retrohunt hunt --fail-on-hit -`,
		Args: needs(1, "a PATH to read, or - for standard input"),
	}
	f.register(cmd)
	f.registerContext(cmd)
	selected.register(cmd)
	tuned.register(cmd)
	cmd.Flags().StringArrayVarP(&rules, "rules", "r", nil, "detections from `FILE|DIR` instead of the shipped ones: YAML, or the text of a query in a .sumo file; repeatable")
	f.registerSave(cmd)
	f.registerResume(cmd)
	cmd.Flags().Var(&f.shard, "shard", "read only the `I/N`th part of the inputs, the same whenever they are dealt out; retrohunt merge adds up the parts")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		overlay, err := p.overlay(cmd, &tuned)
		if err != nil {
			return err
		}
		f.tuning = tuned.facts(overlay)
		all, err := load(rules)
		if err != nil {
			return err
		}
		retuned := retune(all, overlay)
		chosen, err := selected.choose(all)
		if err != nil {
			return err
		}
		var queries []string
		for _, d := range chosen {
			queries = append(queries, d.Query)
		}
		if err := needed(cmd, queries...); err != nil {
			return err
		}
		asks, err := p.asks(cmd, &f.tables, chosen, retuned, overlay, &tuned)
		if err != nil {
			return err
		}
		return p.replay(cmd, &f, asks, paths)
	}
	return cmd
}

// asks compiles the queries of detections, with the tables that they ask and what an overlay leaves out of their rows.
func (p *program) asks(cmd *cobra.Command, tables *tableFlags, of []*detections.Detection, retuned map[string]*report.Retuned, overlay *tune.Overlay, tuned *tuneFlags) ([]ask, error) {
	var asks []ask
	for _, d := range of {
		q, err := p.compile(cmd, sourceOf(d))
		if err != nil {
			return nil, err
		}
		if q, err = p.bind(cmd, tables, sourceOf(d), q); err != nil {
			return nil, err
		}
		q = q.WithSeen()
		t, err := p.tuning(cmd, overlay, tuned, d.ID, q)
		if err != nil {
			return nil, err
		}
		asks = append(asks, ask{report.Result{Detection: d, Retuned: retuned[d.ID]}, q, q.Text(), t})
	}
	return asks, nil
}

// load returns the detections of the given files and directories, the shipped ones if none is given.
func load(paths []string) ([]*detections.Detection, error) {
	if len(paths) == 0 {
		return detections.Shipped()
	}
	var all []*detections.Detection
	var errs []error
	for _, path := range paths {
		found, err := detections.Load(path)
		all = append(all, found...)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, &exit{exitQuery, err}
	}
	return all, nil
}

func sourceOf(d *detections.Detection) report.Source {
	return report.Source{Name: d.File, Line: d.QueryLine, Indent: d.Indent, Text: d.Query}
}

// compile compiles a query and shows its mistakes and warnings.
func (p *program) compile(cmd *cobra.Command, src report.Source) (*engine.Query, error) {
	o := p.display(cmd, p.stderr)
	values, err := params(cmd)
	if err != nil {
		return nil, err
	}
	q, err := engine.CompileWith(src.Text, values)
	if err != nil {
		report.QueryErrors(p.stderr, src, err, o)
		return nil, &exit{code: exitQuery}
	}
	for _, w := range q.Warnings() {
		report.QueryWarning(p.stderr, src, w.Span, w.Msg, o)
	}
	return q, nil
}
