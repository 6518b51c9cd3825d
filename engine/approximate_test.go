package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/normalize"
)

// TestApproximatedRowsAreTheSame: whichever worker saw which event, in memory, in files, and through partial results.
func TestApproximatedRowsAreTheSame(t *testing.T) {
	exact, err := engine.Compile(`* | count_distinct(user) as users, pct(n, 50, 95), median(n) as mid, count by kind | join (*) as a, (count_distinct(kind) as kinds by _count) as b on a._count = b._count`)
	if err != nil {
		t.Fatal(err)
	}
	var want string
	for _, workers := range []int{1, 2, 5} {
		for _, memory := range []int64{0, 1 << 15} {
			q := exact.Approximated().Within(engine.NewMemory(memory))
			table := q.Table(thousands(t, q, workers)...)
			got := show(&engine.Table{Columns: table.Columns, Rows: slices.Collect(table.All())})
			if want == "" {
				want = got
			}
			if got != want || table.Err != nil {
				t.Errorf("%d workers, %d bytes, %v\n%s\nthe first\n%s", workers, memory, table.Err, got, want)
			}
			table.Close()
		}
	}
	if exactly := show(exact.Table(thousands(t, exact, 1)...)); exactly == want {
		t.Error("the estimates are exact: nothing was estimated")
	}
}

func TestApproximatedSaysSo(t *testing.T) {
	exact, err := engine.Compile(`* | count_distinct(user), pct(n, 95) as p, sum(n) by kind | fields kind, p`)
	if err != nil {
		t.Fatal(err)
	}
	q := exact.Approximated()
	table := q.Table(thousands(t, q, 1)...)
	if n := len(table.Approximate); n != 2 || table.Approximate[0].Column != "_count_distinct" || table.Approximate[1].Column != "p" {
		t.Errorf("approximate are %v", table.Approximate)
	}
	if !strings.Contains(q.Explain(), "approximate\n  _count_distinct: exact up to 256") || strings.Contains(exact.Explain(), "approx") {
		t.Errorf("explain says\n%s\nof the exact query\n%s", q.Explain(), exact.Explain())
	}
	partial, err := q.AppendPartial(nil, thousands(t, q, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exact.ReadPartial(string(partial)); err == nil {
		t.Error("an exact query reads estimates")
	}
	read, err := q.ReadPartial(string(partial))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(q.Table(read)), show(table); got != want {
		t.Errorf("read as\n%s\nnot\n%s", got, want)
	}
}

// thousands deals out 6,000 events to workers: two kinds, of which one has 2,000 users and as many numbers, the other a few.
func thousands(t *testing.T, q *engine.Query, workers int) []*engine.Worker {
	var projection normalize.Projection
	var team []*engine.Worker
	for range workers {
		team = append(team, q.NewWorker(&projection))
	}
	n := normalize.New(&projection, normalize.Options{NoMapping: true})
	for i := range 6000 {
		e := fmt.Sprintf(`{"kind":"many","user":"u%d","n":%d.5}`, i%2000, i*i)
		if i%10 == 0 {
			e = fmt.Sprintf(`{"kind":"few","user":"u%d","n":%d}`, i%7, i)
		}
		record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "a.json"})
		if err != nil {
			t.Fatal(err)
		}
		team[i%workers].AddAt(record, engine.Place{Offset: int64(i)})
	}
	return team
}
