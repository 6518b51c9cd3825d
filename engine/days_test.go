package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/normalize"
)

// daysOf shares events out among workers, one after the other, and returns the table.
func daysOf(t *testing.T, q *engine.Query, workers int, events []string) *engine.Table {
	t.Helper()
	parts := make([]*engine.Worker, workers)
	normalizers := make([]*normalize.Normalizer, workers)
	for i := range parts {
		var projection normalize.Projection
		parts[i] = q.NewWorker(&projection)
		normalizers[i] = normalize.New(&projection, normalize.Options{})
	}
	for i, event := range events {
		record, err := normalizers[i%workers].Normalize([]byte(event), []byte(event), &normalize.Origin{Name: "days"})
		if err != nil {
			t.Fatal(err)
		}
		parts[i%workers].Add(record)
	}
	return q.Table(parts...)
}

func TestDaysOfHitsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	var events []string
	for i := range 100 {
		events = append(events, fmt.Sprintf(`{"user":"u%d","time":"2026-03-%02dT23:59:59Z"}`, i%3, i%5+1))
	}
	events = append(events, `{"user":"u1","time":"2026-03-02T00:00:00+02:00"}`, // the day before in UTC
		`{"user":"u1"}`, `{"user":"u1","time":"1969-12-31T23:59:59Z"}`, `{"user":"u1","time":"2200-01-01T00:00:00Z"}`,
		`{"user":"other","time":"2026-03-01T00:00:00Z"}`)
	q, err := engine.Compile(`user=u* | count by user`)
	if err != nil {
		t.Fatal(err)
	}
	const march = 20513 // 2026-03-01
	want := []engine.Day{{march, 21}, {march + 1, 20}, {march + 2, 20}, {march + 3, 20}, {march + 4, 20}}
	for _, workers := range []int{1, 2, 7} {
		table := daysOf(t, q.WithSeen(), workers, events)
		if diff := cmp.Diff(want, table.Days); diff != "" || table.Hits != 104 {
			t.Errorf("%d workers: %d hits (-want +got):\n%s", workers, table.Hits, diff)
		}
	}
	if table := daysOf(t, q, 2, events); len(table.Days) > 0 || table.Hits != 104 {
		t.Errorf("without first_seen: %d hits, %v", table.Hits, table.Days)
	}
}

// TestHostileTimesAreBounded: whatever times events claim, days are no more than there are until 2200.
func TestHostileTimesAreBounded(t *testing.T) {
	q, err := engine.Compile(`* | count`)
	if err != nil {
		t.Fatal(err)
	}
	var events []string
	for year := range 10_000 {
		events = append(events, fmt.Sprintf(`{"time":"%04d-06-01T00:00:00Z"}`, year))
	}
	days := daysOf(t, q.WithSeen(), 1, events).Days
	outside := func(d engine.Day) bool { return d.Day < 0 || d.Day > 84_005 }
	if len(days) == 0 || len(days) > 230 || slices.ContainsFunc(days, outside) {
		t.Errorf("%d days: %s", len(days), strings.TrimSpace(fmt.Sprint(days)))
	}
}
