package engine_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// TestPartialsMakeNoDifference: random queries have the same tables when each of three workers was written and read before they are
// merged, in whatever order, and in memory as in files.
func TestPartialsMakeNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1021))
	rows := 0
	for round := range rounds / 5 {
		c := randomCase(randomDice(random))
		q, err := bound(c.query)
		if err != nil {
			t.Fatal(err)
		}
		q = composed(q.WithSeen().At(storyClock), c.events)
		if round%3 == 0 {
			q = q.Within(engine.NewMemory(4 << 10))
		}
		want := q.Table(scattered(q, c.events)...)
		workers := scattered(q, c.events)
		for i, w := range workers {
			if workers[i], err = reread(q, w); err != nil {
				t.Fatalf("%s\n%v", c.query, err)
			}
		}
		slices.Reverse(workers)
		merged, err := reread(q, engine.Merge(workers...))
		if err != nil {
			t.Fatalf("%s\n%v", c.query, err)
		}
		if one, other := written(t, q, engine.Merge(scattered(q, c.events)...)), written(t, q, merged); one != other {
			t.Fatalf("%s\n%s\nthe partial result is %q in one order of workers, %q in another", c.query, strings.Join(c.events, "\n"), one, other)
		}
		got := q.Table(merged)
		rows += want.Len()
		if diff := cmp.Diff(plain(want), plain(got), cmp.AllowUnexported(value.Value{}, engine.Table{})); diff != "" {
			t.Fatalf("%s\n%s\n%s", c.query, strings.Join(c.events, "\n"), diff)
		}
	}
	if rows < rounds/10 { // a few queries have most of them
		t.Errorf("only %d rows", rows)
	}
}

// written is the partial result of a worker.
func written(t *testing.T, q *engine.Query, w *engine.Worker) string {
	t.Helper()
	partial, err := q.AppendPartial(nil, w)
	if err != nil {
		t.Fatal(err)
	}
	return string(partial)
}

// plain is what a table says, wherever its rows are.
func plain(t *engine.Table) engine.Table {
	defer t.Close()
	rows := slices.Collect(t.All())
	return engine.Table{Columns: t.Columns, Rows: rows, Err: t.Err, Hits: t.Hits, Days: t.Days, Warnings: t.Warnings, Needs: t.Needs}
}

// reread writes what a worker gathered, and reads it.
func reread(q *engine.Query, w *engine.Worker) (*engine.Worker, error) {
	partial, err := q.AppendPartial(nil, w)
	if err != nil {
		return nil, err
	}
	q.Table(w).Close() // the worker kept what it had
	return q.ReadPartial(string(partial))
}

// scattered gives events to three workers.
func scattered(q *engine.Query, events []string) []*engine.Worker {
	var projection normalize.Projection
	workers := []*engine.Worker{q.NewWorker(&projection), q.NewWorker(&projection), q.NewWorker(&projection)}
	n := normalize.New(&projection, normalize.Options{})
	for i, e := range events {
		if record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "a.json"}); err == nil {
			workers[i*i%3].AddAt(record, engine.Place{Input: i % 3, Offset: int64(i)})
		}
	}
	return workers
}

func TestPartialsOfOtherQueriesAreRefused(t *testing.T) {
	q, other := compiled(t, "* | count by user"), compiled(t, "* | sum(x) by user")
	partial, err := q.AppendPartial(nil, scattered(q, nil)[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.ReadPartial(string(partial)); err == nil || !strings.Contains(err.Error(), "another query") {
		t.Errorf("another query's partial result: %v", err)
	}
	if _, err := q.WithSeen().ReadPartial(string(partial)); err == nil {
		t.Error("the same query with other columns takes the partial result")
	}
	if _, err := q.ReadPartial(string(partial) + "\x00"); err == nil {
		t.Error("more than a partial result is one")
	}
}

// FuzzReadPartial: no bytes make a panic, also not in the rows that come of them.
func FuzzReadPartial(f *testing.F) {
	var queries []*engine.Query
	for _, text := range []string{"* | count, avg(n), pct(n, 90), values(n), last(n) by user | sort by _count", "* | parse \"a\" as x nodrop | limit 3", "* | sum(user) by _sourceCategory | timeslice 1h"} {
		q, err := engine.Compile(text)
		if err != nil {
			continue
		}
		q = q.WithSeen().At(storyClock)
		partial, err := q.AppendPartial(nil, engine.Merge(scattered(q, strings.Split(strings.TrimSpace(seenEvents), "\n"))...))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(len(queries), partial)
		queries = append(queries, q)
	}
	f.Fuzz(func(t *testing.T, query int, partial []byte) {
		q := queries[int(uint(query)%uint(len(queries)))]
		if w, err := q.ReadPartial(string(partial)); err == nil {
			q.Table(w).Close()
		}
	})
}

func compiled(t *testing.T, query string) *engine.Query {
	t.Helper()
	q, err := engine.Compile(query)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
