package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// TestBucketsWithoutARange: where the searched range has no bounds, the first and the last message are its bounds.
func TestBucketsWithoutARange(t *testing.T) {
	events := []string{`{"_messageTime":1714979289000}`, `{"_messageTime":1714979169000}`, `{"a":"no time"}`}
	for query, width := range map[string]int64{
		"* | timeslice 2 buckets | count by _timeslice, __timeslice_end | limit 1": 120_000,
		"* | timeslice | count by _timeslice, __timeslice_end | limit 1":           5_000,
		"* | timeslice 1 buckets | count by _timeslice, __timeslice_end | limit 1": 300_000,
	} {
		q, err := engine.Compile(query)
		if err != nil {
			t.Fatal(err)
		}
		row := runAt(t, q.At(engine.Clock{}), events).Rows[0]
		if got := row[1].Long() - row[0].Long(); got != width {
			t.Errorf("%s: %d, want %d", query, got, width)
		}
	}
}

// TestEach: messages that go to a function as they are found are those of the table, and the table has none.
func TestEach(t *testing.T) {
	q, err := engine.Compile(`* | where n > 1 | toLong(n) as n | fields n`)
	if err != nil || !q.Unordered() {
		t.Fatal(err, "or it is not unordered")
	}
	var events []string
	for i := range 4 {
		events = append(events, fmt.Sprintf(`{"n":%d,"_messageTime":%d}`, i, 1714979289000+i))
	}
	var found [][]value.Value
	each := q.Each(func(row []value.Value) { found = append(found, rows.Clone(row)) })
	if n := runAt(t, each, events).Len(); n != 0 {
		t.Errorf("the table has %d rows", n)
	}
	want := runAt(t, q, events).Rows
	slices.Reverse(want) // oldest first, as they are found
	if len(want) != 2 || !slices.EqualFunc(found, want, slices.Equal[[]value.Value]) {
		t.Errorf("got %v, want %v", found, want)
	}
	for _, query := range []string{"* | limit 3", "* | count", "* | sort by a | where b", "* | timeslice"} {
		if q, err := engine.Compile(query); err != nil || q.Unordered() {
			t.Errorf("%s: %v, or it is unordered", query, err)
		}
	}
}

// TestGroupsOfMessages: each message that reaches the order is counted in a group without keys.
func TestGroupsOfMessages(t *testing.T) {
	q, err := engine.Compile(`* | parse regex "(?<x>[0-9])" multi | limit 1 | count by x`)
	if err != nil {
		t.Fatal(err)
	}
	var projection normalize.Projection
	w := q.NewWorker(&projection)
	event := []byte(`{"a":123}`)
	record, err := normalize.New(&projection, normalize.Options{}).Normalize(event, event, &normalize.Origin{Name: "a"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if verdict := w.Add(record); verdict != engine.Hit || len(w.Groups()) != 3 || len(w.Groups()[0]) != 0 || q.Keys() != nil {
			t.Errorf("the verdict is %d, the groups are %v by %v", verdict, w.Groups(), q.Keys())
		}
	}
}
