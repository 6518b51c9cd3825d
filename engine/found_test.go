package engine_test

import (
	"strings"
	"testing"

	"retrohunt/engine"
)

// TestFound: what subqueries found comes back as it was written, with what is said of it, and nothing but the whole of it does.
func TestFound(t *testing.T) {
	events := []string{
		`{"a":"1","b":"x"}`, `{"a":"2","b":"y"}`, `{"a":"3"}`, `{"c":"1","d":"x"}`, `{"c":"3","d":"z"}`, `{"c":"2","d":"y"}`,
	}
	q, err := engine.Compile(`[subquery: * | where a > 0 | a as c | b as d | compose c, d maxresults=2] | where ![subquery: e=1 | compose c] | count by c, d`)
	if err != nil {
		t.Fatal(err)
	}
	q = q.At(storyClock)
	asked := composed(q, events)
	found, err := asked.AppendFound(nil)
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	again, err := q.ComposeFound(string(found))
	if err != nil {
		t.Fatal(err)
	}
	want, got := run(t, q, strings.Join(events, "\n")), run(t, again, strings.Join(events, "\n"))
	if string(tableText(got)) != string(tableText(want)) || string(warningsText(got)) != string(warningsText(want)) || len(want.Warnings) != 2 || len(want.Rows) != 2 {
		t.Errorf("%s%s\nwant\n%s%s", tableText(got), warningsText(got), tableText(want), warningsText(want))
	}
	for n := range found {
		if _, err := q.ComposeFound(string(found[:n])); err == nil {
			t.Errorf("%d of %d bytes are taken for all", n, len(found))
		}
	}
	if _, err := q.ComposeFound(string(found) + string(found)); err == nil {
		t.Error("twice is taken for once")
	}
}
