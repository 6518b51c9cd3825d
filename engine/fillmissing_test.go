package engine_test

import (
	"testing"

	"retrohunt/engine"
	"retrohunt/normalize"
)

// TestFillMissingWithoutARange fills from the first slice to the last; a time far off does not fill the memory.
func TestFillMissingWithoutARange(t *testing.T) {
	for _, c := range []struct {
		events  []string
		rows    int
		warning string
	}{
		{[]string{`{"_messageTime":1714979289000}`, `{"_messageTime":1714979169000}`, `{"a":"no time"}`}, 4, ""},
		{[]string{`{"_messageTime":1714979289000}`}, 1, ""},
		{[]string{`{"a":"no time"}`}, 1, ""},
		{nil, 0, ""},
		{[]string{`{"_messageTime":1714979289000}`, `{"_messageTime":1000000000000}`}, 1_000_002, "fillmissing dropped rows: no more than 1,000,000 are added"},
	} {
		q, err := engine.Compile(`* | timeslice 1m | count by _timeslice | fillmissing timeslice`)
		if err != nil {
			t.Fatal(err)
		}
		table := runAt(t, q.At(engine.Clock{}), c.events)
		if len(table.Rows) != c.rows {
			t.Errorf("%s: %d rows, want %d", c.events, len(table.Rows), c.rows)
		}
		warning := ""
		if len(table.Warnings) > 0 {
			warning = table.Warnings[0].Text
		}
		if warning != c.warning {
			t.Errorf("%s: %q, want %q", c.events, warning, c.warning)
		}
	}
}

// runAt takes events through a query.
func runAt(t *testing.T, q *engine.Query, events []string) *engine.Table {
	t.Helper()
	var projection normalize.Projection
	w := q.NewWorker(&projection)
	n := normalize.New(&projection, normalize.Options{})
	for _, e := range events {
		record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "test"})
		if err != nil {
			t.Fatal(err)
		}
		w.Add(record)
	}
	return q.Table(w)
}
