package main

import (
	"slices"
	"strings"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/report"
)

// stream lets a target print rows as they are found, for --unordered. Where the format is left to us, it is one that can.
func (o *output) stream(t *target, q *engine.Query, chosen bool) error {
	if !q.Unordered() {
		return usageError("--unordered is for a query without an aggregate, and without an operator that depends on the order of messages")
	}
	if chosen {
		t.format, _ = report.FormatByName("jsonl")
	}
	name := t.format.Name()
	if !slices.Contains(report.Streamed, name) {
		return usageError("--unordered prints %s, not %s", strings.Join(report.Streamed, ", "), name)
	}
	if t.file == nil {
		t.live = report.NewStream(name, t.stdout, q.Columns(), o.terminal)
	} else {
		t.live = report.NewStream(name, t.file.temporary, q.Columns(), o.options)
	}
	return nil
}

// streams reports whether rows are printed as they are found.
func (o *output) streams() bool { return o.to[0].live != nil }

// row prints a row to all places.
func (o *output) row(row []value.Value) {
	for _, t := range o.to {
		t.live.Row(row)
	}
}
