package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/report"
	"retrohunt/sources"
)

// selftestFlags are the flags of rules test.
type selftestFlags struct {
	format  string
	outputs []string
	force   bool
	tables  tableFlags
}

func (p *program) rulesTest() *cobra.Command {
	var f selftestFlags
	cmd := &cobra.Command{
		Use:   "test [ID|FILE|DIR...]",
		Short: "Run the detections' own tests",
		Long: `Run the tests that detections carry: their events through their query, as hunt would read them from a file. from, to and now
of a test stand for --from, --to and --now; a query that compares ranges of time needs the first two.`,
		Example: `  retrohunt rules test
  retrohunt rules test my-rules/ -o results.xml`,
		ValidArgsFunction: completeIDs,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := named(args)
			if err != nil {
				return err
			}
			return p.selftest(cmd, &f, found)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "t", "text", "`format` of the results on standard output: text, junit")
	flags.StringArrayVarP(&f.outputs, "output", "o", nil, "write the results to `FILE`, too, as JUnit XML: .xml; repeatable")
	flags.BoolVar(&f.force, "force", false, "let -o replace a file that exists")
	f.tables.register(flags)
	registerParams(cmd)
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "junit"}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// files begins the files that -o names.
func (f *selftestFlags) files() (files []*newFile, err error) {
	if f.format != "text" && f.format != "junit" {
		return nil, usageError("-t is text or junit, not %q", f.format)
	}
	for _, name := range f.outputs {
		if filepath.Ext(name) != ".xml" {
			return files, usageError("-o takes a file whose name ends with .xml, not %q", name)
		}
		file, err := create(name, f.force)
		if err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// selftest runs the tests of detections and prints how they went.
func (p *program) selftest(cmd *cobra.Command, f *selftestFlags, found []*detections.Detection) error {
	files, err := f.files()
	for _, file := range files {
		defer file.abandon()
	}
	if err != nil {
		return err
	}
	var tests []report.Tested
	for _, d := range found {
		q, err := p.compile(cmd, sourceOf(d))
		if err != nil {
			return err
		}
		if q, err = p.bind(cmd, &f.tables, sourceOf(d), q); err != nil {
			return err
		}
		of, err := d.Tests()
		if err != nil {
			return err
		}
		for _, t := range of {
			start := time.Now()
			mistakes := p.runTest(cmd, q, t)
			tests = append(tests, report.Tested{Detection: d.ID, Name: t.Name, Mistakes: mistakes, Seconds: time.Since(start).Seconds()})
		}
	}
	write := func(w io.Writer) error { return report.JUnit(w, tests) }
	if f.format == "junit" {
		err = write(p.stdout)
	} else {
		p.printTests(tests)
	}
	for _, file := range files {
		err = errors.Join(err, file.finish(write))
	}
	if err == nil && slices.ContainsFunc(tests, func(t report.Tested) bool { return len(t.Mistakes) > 0 }) {
		err = &exit{code: exitQuery}
	}
	return err
}

// printTests prints a line for each test, and its mistakes below.
func (p *program) printTests(tests []report.Tested) {
	failed := 0
	for _, t := range tests {
		if len(t.Mistakes) > 0 {
			failed++
			fmt.Fprintf(p.stdout, "FAIL  %s  %s\n      %s\n", t.Detection, t.Name, strings.Join(t.Mistakes, "\n      "))
			continue
		}
		fmt.Fprintf(p.stdout, "ok    %s  %s\n", t.Detection, t.Name)
	}
	fmt.Fprintf(p.stdout, "%d passed, %d failed\n", len(tests)-failed, failed)
}

// timesOf are what a test knows of time.
func (p *program) timesOf(t detections.Test) (c engine.Clock, w stream.Window, err error) {
	now, err := moment("now", t.Now, p.now(), time.UTC)
	if err != nil {
		return c, w, err
	}
	c.Now, c.Zone = p.now(), time.UTC
	if now != 0 {
		c.Now = instant(now)
	}
	if w.From, err = moment("from", t.From, c.Now, time.UTC); err != nil {
		return c, w, err
	}
	if w.To, err = moment("to", t.To, c.Now, time.UTC); err != nil {
		return c, w, err
	}
	c.From, c.To = instant(w.From), instant(w.To)
	return c, w, holdsTime(w)
}

// runTest reads a test's events as standard input and compares the rows. It returns what is not as the test says.
func (p *program) runTest(cmd *cobra.Command, q *engine.Query, t detections.Test) (mistakes []string) {
	clock, window, err := p.timesOf(t)
	if err != nil {
		return []string{err.Error()}
	}
	if len(q.LookBacks()) > 0 && (t.From == "" || t.To == "") {
		return []string{"the query compares a range of time with earlier ones: give the test the range, with from and to"}
	}
	result := stream.Run(cmd.Context(), stream.Job{
		Inputs:  []sources.Input{{Name: "-", Size: -1}},
		Queries: []*engine.Query{q.At(clock)},
		Window:  window,
		Sources: sources.Options{Stdin: strings.NewReader(t.Events)},
	})
	if err := result.Tables[0].Err; err != nil {
		return []string{err.Error()}
	}
	for _, m := range result.Coverage.First {
		mistakes = append(mistakes, fmt.Sprintf("its events, line %d: %s", m.Line, m.Reason))
	}
	for _, s := range result.Coverage.Skipped {
		mistakes = append(mistakes, "its events: "+s.Reason)
	}
	for _, d := range result.Coverage.Damaged {
		mistakes = append(mistakes, "its events: "+d.Err)
	}
	var want, got []string
	for _, row := range t.Rows {
		want = append(want, expectedRow(row))
	}
	for _, row := range result.Tables[0].Rows {
		got = append(got, actualRow(result.Tables[0].Columns, row))
	}
	return append(mistakes, difference(want, got)...)
}

// difference returns the rows of one list that the other has not, and the other way round.
func difference(want, got []string) (out []string) {
	rest := slices.Clone(got)
	for _, row := range want {
		if i := slices.Index(rest, row); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			continue
		}
		out = append(out, "missing    "+row)
	}
	for _, row := range rest {
		out = append(out, "unexpected "+row)
	}
	return out
}

// expectedRow and actualRow print a row alike, columns by name, texts quoted and null by name.

func expectedRow(row map[string]any) string {
	var cells []string
	for _, c := range slices.Sorted(maps.Keys(row)) {
		switch v := row[c].(type) {
		case string:
			cells = append(cells, c+"="+strconv.Quote(v))
		case nil:
			cells = append(cells, c+"=null")
		default:
			cells = append(cells, fmt.Sprintf("%s=%v", c, v))
		}
	}
	return strings.Join(cells, " ")
}

func actualRow(columns []string, row []value.Value) string {
	cells := map[string]string{}
	for i, c := range columns {
		switch v := row[i]; v.Kind() {
		case value.String:
			cells[c] = strconv.Quote(v.Str())
		case value.Null:
			cells[c] = "null"
		default:
			cells[c] = v.Text()
		}
	}
	var out []string
	for _, c := range slices.Sorted(maps.Keys(cells)) {
		out = append(out, c+"="+cells[c])
	}
	return strings.Join(out, " ")
}
