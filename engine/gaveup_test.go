package engine_test

import (
	"strings"
	"testing"

	"retrohunt/engine"
)

// TestRegexesThatGiveUpAreCounted: what a limit keeps from being found is said.
func TestRegexesThatGiveUpAreCounted(t *testing.T) {
	q, err := engine.Compile(`* | where !(a matches /^(?:a|aa)+(?<!a)$/) | parse regex field=a "(?<x>^(?:a|aa)+(?<!a)$)" nodrop | count by x`)
	if err != nil {
		t.Fatal(err)
	}
	table := runAt(t, q, []string{`{"a":"` + strings.Repeat("a", 5000) + `"}`, `{"a":"b"}`})
	if len(table.Warnings) != 2 || len(table.Rows) != 1 {
		t.Fatalf("%d rows, warnings %v", len(table.Rows), table.Warnings)
	}
	want := `regex gave up after 250ms and found nothing: /^(?:a|aa)+(?<!a)$/`
	if w := table.Warnings[0]; w.Text != want || w.Count != 1 {
		t.Errorf("%+v, want %s", w, want)
	}
	if again := runAt(t, q, []string{`{"a":"b"}`}); len(again.Warnings) != 0 {
		t.Errorf("another run has them too: %v", again.Warnings)
	}
}
