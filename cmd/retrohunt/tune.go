package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/internal/yamlplace"
	"retrohunt/report"
	"retrohunt/tune"
)

// tuneFlags are the flags of what tunes detections.
type tuneFlags struct {
	file string
	show bool
}

func (f *tuneFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "tune", "", "tune the detections by this `FILE`: rows to leave out, with the reason, and other severities")
	cmd.Flags().BoolVar(&f.show, "show-suppressed", false, "print the rows that --tune leaves out, too, with the reason in the column _suppressed")
}

// suppressedColumn says of a row why it is left out.
const suppressedColumn = "_suppressed"

// overlay reads the file of --tune, if there is one.
func (p *program) overlay(cmd *cobra.Command, f *tuneFlags) (*tune.Overlay, error) {
	if f.file == "" {
		if f.show {
			return nil, usageError("--show-suppressed needs --tune")
		}
		return &tune.Overlay{}, nil
	}
	o, err := tune.Read(f.file)
	var m *yamlplace.Mistake
	if errors.As(err, &m) {
		report.FileMistake(p.stderr, m, p.display(cmd, p.stderr))
		return nil, &exit{code: exitQuery}
	}
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return o, nil
}

// facts are what is told of an overlay, nil if there is none.
func (f *tuneFlags) facts(o *tune.Overlay) *report.Tuning {
	if f.file == "" {
		return nil
	}
	return &report.Tuning{File: f.file, SHA256: o.SHA256}
}

// retune gives detections the severities of an overlay. It returns which it changed, by id.
func retune(all []*detections.Detection, o *tune.Overlay) map[string]*report.Retuned {
	changed := map[string]*report.Retuned{}
	for i, d := range all {
		s := o.SeverityOf(d.ID)
		if s == nil || s.Severity == d.Severity {
			continue
		}
		changed[d.ID] = &report.Retuned{Stated: d.Severity, Place: s.At.String()}
		tuned := *d
		tuned.Severity = s.Severity
		all[i] = &tuned
	}
	return changed
}

// tuning leaves out rows of a detection.
type tuning struct {
	exclusions []tune.Exclusion
	show       bool
	reasons    map[string]string // why rows were left out, by their keys as report.AppendKey writes them
	untold     bool              // rows were left out, and do not have the columns of their keys
}

// tuning returns what an overlay leaves out of a detection, nil if that is nothing. Mistakes in its conditions are shown.
func (p *program) tuning(cmd *cobra.Command, o *tune.Overlay, f *tuneFlags, id string, q *engine.Query) (*tuning, error) {
	t := &tuning{exclusions: o.For(id), show: f.show}
	if len(t.exclusions) == 0 {
		return nil, nil
	}
	var failed error
	for _, e := range t.exclusions {
		if _, err := engine.CompileRowCondition(e.Where, q.Columns(), engine.Clock{}); err != nil {
			src := report.Source{Name: f.file, Line: e.Line, Indent: e.Indent, Text: e.Where}
			report.QueryErrors(p.stderr, src, err, p.display(cmd, p.stderr))
			failed = &exit{code: exitQuery}
		}
	}
	return t, failed
}

// apply takes the rows out of a result that the tuning suppresses, or marks them; the first exclusion that holds for a row counts.
func (t *tuning) apply(r *report.Result, clock engine.Clock) error {
	if t == nil {
		return nil
	}
	conditions, err := t.conditions(r, clock)
	if err != nil {
		return err
	}
	of := r.Table
	count := slices.Index(of.Columns, "_count")
	var verdicts []string // by row: why it is left out, "" if it is not
	table := &engine.Table{Columns: of.Columns, Hits: of.Hits, Days: of.Days, Warnings: of.Warnings, Approximate: of.Approximate, Needs: of.Needs}
	for row := range of.All() {
		reason := value.Value{}
		for i, holds := range conditions {
			if holds != nil && holds.Holds(row) {
				r.Suppressions[i].Rows++
				if count >= 0 && row[count].Kind() == value.Long {
					r.Suppressions[i].Events += row[count].Long()
				}
				reason = value.OfString(r.Suppressions[i].Reason)
				break
			}
		}
		verdicts = append(verdicts, reason.Str())
		switch {
		case t.show:
			table.Rows = append(table.Rows, append(row[:len(row):len(row)], reason))
		case reason.IsNull():
			table.Rows = append(table.Rows, row)
		}
	}
	if t.show {
		table.Columns = append(table.Columns[:len(table.Columns):len(table.Columns)], suppressedColumn)
	}
	for i, c := range conditions {
		if c != nil {
			for _, w := range c.Warnings() {
				r.Suppressions[i].Failed += w.Count
			}
		}
	}
	t.remember(r, verdicts)
	table.Err = of.Err
	of.Close()
	r.Table, r.Marked = table, t.show
	return nil
}

// remember keeps the keys of the rows that were left out, so that their events are known. A key that stands in a row which was
// left out and in another that was not tells nothing.
func (t *tuning) remember(r *report.Result, verdicts []string) {
	if !slices.ContainsFunc(verdicts, func(reason string) bool { return reason != "" }) {
		return
	}
	keys := report.RowKeys(r.Table, r.Keys)
	t.reasons, t.untold = map[string]string{}, keys == nil
	kept := map[string]bool{}
	for i, key := range keys {
		switch reason := verdicts[i]; {
		case reason == "":
			kept[key] = true
		case t.reasons[key] == "":
			t.reasons[key] = reason
		}
	}
	for key := range t.reasons {
		if kept[key] {
			t.reasons[key] = report.UntoldSuppressed
		}
	}
}

// reason is why the row of a key was left out, "" if it was not.
func (t *tuning) reason(key []byte) string {
	if t == nil {
		return ""
	}
	return t.reasons[string(key)]
}

// conditions compiles the conditions for the rows of a result and notes the suppressions there; of an exclusion that is expired
// the condition is nil.
func (t *tuning) conditions(r *report.Result, clock engine.Clock) ([]*engine.RowCondition, error) {
	today := clock.Now
	if clock.Zone != nil {
		today = today.In(clock.Zone)
	}
	conditions := make([]*engine.RowCondition, len(t.exclusions))
	for i, e := range t.exclusions {
		s := report.Suppression{Reason: e.Reason, Place: e.At.String(), Expires: e.Expires, Expired: e.Expired(today)}
		r.Suppressions = append(r.Suppressions, s)
		if s.Expired {
			continue
		}
		c, err := engine.CompileRowCondition(e.Where, r.Table.Columns, clock)
		if err != nil {
			return nil, err
		}
		conditions[i] = c
	}
	return conditions, nil
}

// onlySuppressed reports whether a tuning left out rows, and nothing is left.
func onlySuppressed(asks []ask, results []report.Result) bool {
	suppressed, left := 0, 0
	for i, r := range results {
		left += r.Table.Len()
		for _, s := range r.Suppressions {
			suppressed += s.Rows
			if asks[i].tuning.show {
				left -= s.Rows
			}
		}
	}
	return suppressed > 0 && left == 0
}
