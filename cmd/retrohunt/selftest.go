package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/sources"
)

func (p *program) rulesTest() *cobra.Command {
	return &cobra.Command{
		Use:   "test [ID|FILE|DIR...]",
		Short: "Run the detections' own tests",
		Long:  `Run the tests that detections carry: their events through their query, as hunt would read them from a file.`,
		Example: `  retrohunt rules test
  retrohunt rules test my-rules/`,
		ValidArgsFunction: completeIDs,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := named(args)
			if err != nil {
				return err
			}
			passed, failed := 0, 0
			for _, d := range found {
				q, err := p.compile(cmd, sourceOf(d))
				if err != nil {
					return err
				}
				for _, t := range d.Tests {
					if mistakes := runTest(cmd, q, t); len(mistakes) > 0 {
						failed++
						fmt.Fprintf(p.stdout, "FAIL  %s  %s\n      %s\n", d.ID, t.Name, strings.Join(mistakes, "\n      "))
						continue
					}
					passed++
					fmt.Fprintf(p.stdout, "ok    %s  %s\n", d.ID, t.Name)
				}
			}
			fmt.Fprintf(p.stdout, "%d passed, %d failed\n", passed, failed)
			if failed > 0 {
				return &exit{code: exitQuery}
			}
			return nil
		},
	}
}

// runTest reads a test's events as standard input and compares the rows. It returns what is not as the test says.
func runTest(cmd *cobra.Command, q *engine.Query, t detections.Test) (mistakes []string) {
	result := stream.Run(cmd.Context(), stream.Job{
		Inputs:  []sources.Input{{Name: "-", Size: -1}},
		Queries: []*engine.Query{q},
		Sources: sources.Options{Stdin: strings.NewReader(t.Events)},
	})
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
