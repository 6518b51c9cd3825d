package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/report"
	"retrohunt/runfile"
	"retrohunt/tune"
)

func (p *program) diff() *cobra.Command {
	var f runFlags
	var fail bool
	cmd := &cobra.Command{
		Use:   "diff RUN1 RUN2",
		Short: "Compare the rows of two saved runs",
		Long: `Compare the rows of two saved runs: what did another query, another tuning or another day of logs do?

A row is known by the columns that its query groups by. The column _change says of a row of RUN2 that it is new
or changed, and of one of RUN1 that it is gone; _before has what a changed row was. Rows that are the
same are only counted. What --tune left out of a run is compared as well, as the column _suppressed. On standard error stand the
lines of queries that differ, inputs that only one run read, other settings, and detections that only one run has.`,
		Example: `  retrohunt hunt -r before/ --save before.rhr exports/
  retrohunt hunt -r after/ --save after.rhr exports/
  retrohunt diff before.rhr after.rhr`,
		Args: exactly(2, "the files of two RUNs that hunt --save wrote"),
	}
	f.registerSaved(cmd)
	cmd.Flags().BoolVar(&fail, "fail-on-change", false, "exit with 1 if rows differ")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		differ, err := p.compare(cmd, &f, names)
		if err == nil && differ && fail {
			return &exit{code: exitHits}
		}
		return err
	}
	return cmd
}

// compare prints in what two runs differ, and reports whether rows do.
func (p *program) compare(cmd *cobra.Command, f *runFlags, names []string) (differ bool, err error) {
	if err := f.checkSummary(); err != nil {
		return false, err
	}
	if f.saveTables != "" {
		return false, usageError("--save-tables stores the rows of one run")
	}
	room, err := budget(f.memory, 0)
	if err != nil {
		return false, err
	}
	var sides [2]side
	for i, name := range names {
		if sides[i], err = p.side(cmd, f, name, room); err != nil {
			return false, err
		}
		defer sides[i].close()
	}
	out, err := p.output(cmd, f, slices.Concat(sides[0].asks, sides[1].asks), names)
	if err != nil {
		return false, err
	}
	defer out.abandon()
	for _, t := range out.to {
		if slices.Contains([]string{"raw", "timesketch", "navigator"}, t.format.Name()) {
			return false, usageError("%s has no place for what changed", t.format.Name())
		}
	}
	d, results, err := runsDiffer(&sides[0], &sides[1])
	if err != nil {
		return false, err
	}
	if err := out.write(results, nil); err != nil {
		return false, err
	}
	switch f.summary {
	case "text":
		report.DiffSummary(p.stderr, d, p.display(cmd, p.stderr))
		out.summarize(p, cmd, &f.readFlags)
	case "json":
		err = report.DiffSummaryJSON(p.stderr, d)
	}
	return slices.ContainsFunc(results, func(r report.Result) bool { return r.Table.Len() > 0 }), err
}

// side is one of two runs that are compared.
type side struct {
	name   string
	run    *runfile.Run
	asks   []ask
	clock  engine.Clock
	result *stream.Result
}

// side reads a run and makes its tables.
func (p *program) side(cmd *cobra.Command, f *runFlags, name string, room *engine.Memory) (s side, err error) {
	s.name = name
	if s.run, err = openRun(name); err != nil {
		return s, err
	}
	s.asks, err = p.asks(cmd, &f.tables, detectionsOf(s.run), nil, &tune.Overlay{}, &tuneFlags{})
	if err != nil {
		return s, err
	}
	if s.clock, err = clockOf(s.run); err != nil {
		return s, &exit{exitUsage, err}
	}
	total := newSum(s.asks, s.clock, room, s.run)
	if err := total.add(partOf(s.run)); err != nil {
		return s, &exit{exitUsage, fmt.Errorf("%s: %w", name, err)}
	}
	s.result, err = total.result()
	return s, err
}

// detectionsOf returns the detections that a run asked.
func detectionsOf(run *runfile.Run) (all []*detections.Detection) {
	for _, q := range run.Queries {
		all = append(all, q.Detection)
	}
	return all
}

func (s *side) close() {
	if s.result != nil {
		for _, t := range s.result.Tables {
			t.Close()
		}
	}
}

// find returns the index of a detection, -1 if the run does not have it.
func (s *side) find(id string) int {
	return slices.IndexFunc(s.run.Queries, func(q runfile.Query) bool { return q.Detection.ID == id })
}

// rows returns the result of a detection; if it is marked, with a column that says what of it was suppressed.
func (s *side) rows(i int, marked bool) (report.Result, error) {
	d := *s.run.Queries[i].Detection
	d.Severity = cmp.Or(s.run.Queries[i].Severity, d.Severity)
	r := report.Result{Detection: &d, Table: s.result.Tables[i], Keys: s.asks[i].query.Keys(), Partial: s.run.Coverage.Partial}
	if r.Table.Err != nil || !marked {
		return r, r.Table.Err
	}
	t := &tuning{show: true}
	for _, e := range s.run.Queries[i].Exclusions {
		t.exclusions = append(t.exclusions, tune.Exclusion{Detection: r.Detection.ID, Where: e.Where, Reason: e.Reason, Expires: e.Expires})
	}
	return r, t.apply(&r, s.clock)
}

// runsDiffer compares two runs: what differs beside the rows, and the rows that do, by detection.
func runsDiffer(a, b *side) (*report.Diff, []report.Result, error) {
	d := &report.Diff{Runs: [2]string{a.name, b.name}, Settings: settingsDiffer(a, b), Inputs: inputsDiffer(a.run, b.run)}
	var results []report.Result
	for i, q := range b.run.Queries {
		was := a.find(q.Detection.ID)
		if was < 0 {
			d.Only[1] = append(d.Only[1], q.Detection.ID)
			continue
		}
		old := a.run.Queries[was]
		marked := len(old.Exclusions)+len(q.Exclusions) > 0
		before, err := a.rows(was, marked)
		if err != nil {
			return nil, nil, err
		}
		after, err := b.rows(i, marked)
		if err != nil {
			return nil, nil, err
		}
		of := report.DetectionDiff{ID: q.Detection.ID, Hashes: [2]string{old.Hash, q.Hash}, Query: linesThatDiffer(old.Detection.Query, q.Detection.Query), Notes: tuningDiffers(&old, &q)}
		total := func(s *side, i int, r *report.Result) bool {
			return !s.asks[i].query.Messages() && len(r.Keys) == 0 && r.Table.Len() < 2
		}
		keys := rowKeys(&before, &after, total(a, was, &before) && total(b, i, &after))
		results = append(results, changes(&before, &after, keys, &of))
		d.Detections = append(d.Detections, of)
	}
	for _, q := range a.run.Queries {
		if b.find(q.Detection.ID) < 0 {
			d.Only[0] = append(d.Only[0], q.Detection.ID)
		}
	}
	return d, results, nil
}

// The columns of rows that differ.
const (
	changeColumn = "_change"
	beforeColumn = "_before"
)

// changes returns the rows that differ: those that are new, in the order of the second run, those that are gone, in the order of
// the first, and those that changed. It counts them.
func changes(a, b *report.Result, keys keyOf, count *report.DetectionDiff) report.Result {
	if !slices.Equal(a.Keys, b.Keys) {
		count.Notes = append(count.Notes, fmt.Sprintf("grouped by %s, then by %s: each row is gone or new", listed(a.Keys), listed(b.Keys)))
	}
	before := map[string][][]value.Value{} // of one key, in their order
	rows := slices.Collect(a.Table.All())
	for i, row := range rows {
		before[keys(a, row)] = append(before[keys(a, row)], rows[i])
	}
	columns := columnsOfBoth(a.Table.Columns, b.Table.Columns)
	out := report.Result{Detection: b.Detection, Partial: a.Partial || b.Partial, Table: &engine.Table{Hits: b.Table.Hits}}
	out.Table.Columns = append(append([]string{changeColumn}, columns...), beforeColumn)
	var changed [][]value.Value
	for row := range b.Table.All() {
		key := keys(b, row)
		if len(before[key]) == 0 {
			count.New++
			out.Table.Rows = append(out.Table.Rows, changeRow("new", columns, b.Table.Columns, row, ""))
			continue
		}
		was := before[key][0]
		before[key] = before[key][1:]
		if what := cellsThatDiffer(a.Table.Columns, was, b.Table.Columns, row); what != "" {
			count.Changed++
			changed = append(changed, changeRow("changed", columns, b.Table.Columns, row, what))
		} else {
			count.Same++
		}
	}
	// Of rows of one key the first are taken for the same, so the last of them are gone.
	left := map[string]int{}
	for _, row := range rows {
		left[keys(a, row)]++
	}
	for _, row := range rows {
		key := keys(a, row)
		if left[key]--; left[key] < len(before[key]) {
			count.Gone++
			out.Table.Rows = append(out.Table.Rows, changeRow("gone", columns, a.Table.Columns, row, ""))
		}
	}
	out.Table.Rows = append(out.Table.Rows, changed...)
	return out
}

// keyOf tells by what a row of a result is known.
type keyOf func(r *report.Result, row []value.Value) string

// rowKeys returns the keys of two results: of the columns that both queries group by, or, of messages, and where these columns are not in
// the rows, of all. The only row of a count of all events is known as that.
func rowKeys(a, b *report.Result, single bool) keyOf {
	has := func(r *report.Result) bool {
		return !slices.ContainsFunc(r.Keys, func(k string) bool { return !slices.Contains(r.Table.Columns, k) })
	}
	known := slices.Equal(a.Keys, b.Keys) && len(a.Keys) > 0 && has(a) && has(b)
	return func(r *report.Result, row []value.Value) string {
		var key []value.Value
		switch {
		case single:
		case !known:
			key = row
			if !slices.Equal(a.Keys, b.Keys) { // a row is that of no other
				key = append(slices.Clone(row), value.OfString(strings.Join(r.Keys, "\x00")))
			}
		default:
			for _, k := range r.Keys {
				key = append(key, row[slices.Index(r.Table.Columns, k)])
			}
		}
		return string(report.AppendKey(nil, key))
	}
}

func listed(keys []string) string {
	if len(keys) == 0 {
		return "nothing"
	}
	return strings.Join(keys, ", ")
}

// columnsOfBoth are the columns of the second table, then those that only the first has.
func columnsOfBoth(a, b []string) []string {
	out := slices.Clone(b)
	for _, c := range a {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// changeRow is a row with what became of it.
func changeRow(change string, columns, of []string, row []value.Value, before string) []value.Value {
	out := []value.Value{value.OfString(change)}
	for _, c := range columns {
		v := value.Value{}
		if i := slices.Index(of, c); i >= 0 {
			v = row[i]
		}
		out = append(out, v)
	}
	last := value.Value{}
	if before != "" {
		last = value.OfString(before)
	}
	return append(out, last)
}

// cellsThatDiffer says what a row was in the columns that both tables have, as far as it is something else now.
func cellsThatDiffer(a []string, was []value.Value, b []string, is []value.Value) string {
	var out []string
	for i, c := range a {
		at := slices.Index(b, c)
		if at < 0 || string(value.AppendKey(nil, was[i])) == string(value.AppendKey(nil, is[at])) {
			continue
		}
		text := was[i].Text()
		if was[i].IsNull() {
			text = "null"
		}
		out = append(out, c+"="+text)
	}
	return strings.Join(out, ", ")
}

// linesThatDiffer are those of two texts, marked with - and +.
func linesThatDiffer(a, b string) string {
	var out strings.Builder
	for line := range strings.Lines(string(diff.Diff("a", []byte(ended(a)), "b", []byte(ended(b))))) {
		isHead := strings.HasPrefix(line, "diff ") || strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "+++ ")
		if !isHead && (line[0] == '-' || line[0] == '+') {
			out.WriteString(line)
		}
	}
	return out.String()
}

func ended(text string) string { return strings.TrimRight(text, "\n") + "\n" }

// tuningDiffers says in words how two tunings of a detection differ.
func tuningDiffers(a, b *runfile.Query) (out []string) {
	if a.Severity != b.Severity {
		out = append(out, fmt.Sprintf("severity %s, then %s", cmp.Or(a.Severity, "-"), cmp.Or(b.Severity, "-")))
	}
	for _, e := range a.Exclusions {
		if !slices.Contains(b.Exclusions, e) {
			out = append(out, fmt.Sprintf("no longer suppressed: %s (%s)", e.Where, e.Reason))
		}
	}
	for _, e := range b.Exclusions {
		if !slices.Contains(a.Exclusions, e) {
			out = append(out, fmt.Sprintf("newly suppressed: %s (%s)", e.Where, e.Reason))
		}
	}
	return out
}

// settingsDiffer says in words what else was asked of two runs.
func settingsDiffer(a, b *side) (out []string) {
	for i := range min(len(a.run.Settings), len(b.run.Settings)) {
		if was, is := a.run.Settings[i], b.run.Settings[i]; was != is {
			out = append(out, was+", then "+is)
		}
	}
	span := func(c runfile.Clock) string { return fmt.Sprintf("events from %s to %s", edge(c.From), edge(c.To)) }
	if was, is := span(a.run.Clock), span(b.run.Clock); was != is {
		out = append(out, was+", then "+is)
	}
	if a.run.Clock.Zone != b.run.Clock.Zone {
		out = append(out, "--tz "+a.run.Clock.Zone+", then "+b.run.Clock.Zone)
	}
	if a.run.Version != b.run.Version {
		out = append(out, "made by retrohunt "+a.run.Version+", then "+b.run.Version)
	}
	for _, s := range []*side{a, b} {
		if s.run.Coverage.Partial {
			out = append(out, s.name+" ended early: rows are missing, counts are too low")
		}
		if s.run.Shards > 1 {
			out = append(out, fmt.Sprintf("%s is shard %d/%d", s.name, s.run.Shard, s.run.Shards))
		}
	}
	return out
}

// edge is a time that a span begins or ends at.
func edge(t time.Time) string {
	if t.IsZero() {
		return "any time"
	}
	return t.UTC().Format(time.RFC3339)
}

// inputsDiffer compares what two runs read.
func inputsDiffer(a, b *runfile.Run) (d report.InputDiff) {
	was := map[string]*stream.Account{}
	for i := range a.Accounts {
		was[a.Accounts[i].Name] = &a.Accounts[i]
	}
	for i := range b.Accounts {
		is := &b.Accounts[i]
		before := was[is.Name]
		delete(was, is.Name)
		switch {
		case before == nil:
			d.Only[1] = append(d.Only[1], is.Name)
		case before.Size != is.Size || before.Coverage.Events != is.Coverage.Events || before.Coverage.Decoded != is.Coverage.Decoded:
			d.Changed = append(d.Changed, is.Name)
		default:
			d.Same++
		}
	}
	for _, in := range a.Accounts {
		if was[in.Name] != nil {
			d.Only[0] = append(d.Only[0], in.Name)
		}
	}
	return d
}
