package engine_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/internal/view"
	"retrohunt/normalize"
)

// seenEvents are of three hosts; ada's are not in order, bob has one without a time, and eve none with one.
const seenEvents = `
{"user":"ada","host":"a","time":"2026-03-02T12:00:00Z"}
{"user":"ada","host":"b","time":"2026-03-02T10:00:00.5+01:00"}
{"user":"ada","host":"a","time":"2026-03-03T00:00:00Z"}
{"user":"bob","host":"b","time":"2026-03-01T00:00:00Z"}
{"user":"bob","host":"c"}
{"user":"eve","host":"c"}`

func TestSeen(t *testing.T) {
	cases := []struct{ name, query, want string }{
		{"of each row", `* | count by user`, `
user | _count | first_seen | last_seen
"ada" | 3 | "2026-03-02T09:00:00.500Z" | "2026-03-03T00:00:00.000Z"
"bob" | 2 | "2026-03-01T00:00:00.000Z" | "2026-03-01T00:00:00.000Z"
"eve" | 1 | null | null`},
		{"of what the filters keep", `* | where host != "a" | count by user | where _count = 1`, `
user | _count | first_seen | last_seen
"ada" | 1 | "2026-03-02T09:00:00.500Z" | "2026-03-02T09:00:00.500Z"
"eve" | 1 | null | null`},
		{"behind sort, limit and fields", `* | count by user | sort by _count asc | limit 2 | "x" as x | fields x, user`, `
x | user | first_seen | last_seen
"x" | "eve" | null | null
"x" | "bob" | "2026-03-01T00:00:00.000Z" | "2026-03-01T00:00:00.000Z"`},
		{"of rows made of rows", `* | count by user, host | concat(host, "!") as h | count as users by h`, `
h | users | first_seen | last_seen
"a!" | 1 | "2026-03-02T12:00:00.000Z" | "2026-03-03T00:00:00.000Z"
"b!" | 2 | "2026-03-01T00:00:00.000Z" | "2026-03-02T09:00:00.500Z"
"c!" | 2 | null | null`},
		{"of all events", `* | count`, `
_count | first_seen | last_seen
6 | "2026-03-01T00:00:00.000Z" | "2026-03-03T00:00:00.000Z"`},
		{"of rows that are added", `* | count by user | fillmissing values("ada", "max") in user | limit 1 | count by user`, `
user | _count | first_seen | last_seen
"ada" | 1 | "2026-03-02T09:00:00.500Z" | "2026-03-03T00:00:00.000Z"`},
		{"of rows that are added alone", `* | count by user | fillmissing values("max") in user | where user = "max"`, `
user | _count | first_seen | last_seen
"max" | 0 | null | null`},
		{"not behind a transpose", `* | count by user, host | transpose row user column host | count`, `
_count
3`},
		{"of no events", `user=nobody | count`, `
_count | first_seen | last_seen
0 | null | null`},
		{"beside a column of that name", `* | count as First_Seen by user | limit 1`, `
user | First_Seen | last_seen
"ada" | 3 | "2026-03-03T00:00:00.000Z"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q, err := bound(c.query)
			if err != nil {
				t.Fatal(err)
			}
			table := run(t, q.WithSeen(), seenEvents)
			if diff := cmp.Diff(strings.TrimSpace(c.want), strings.TrimSpace(string(tableText(table)))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestSeenChangesNoRow: random queries have the same rows, in the same order, with the columns as without.
func TestSeenChangesNoRow(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1021))
	rows := 0
	for range rounds / 5 {
		c := randomCase(randomDice(random))
		q, err := bound(c.query)
		if err != nil {
			t.Fatal(err)
		}
		plain, seen := tableOf(q, c.events), tableOf(q.WithSeen(), c.events)
		rows += len(plain.Rows)
		n := len(plain.Columns)
		want := slices.Clone(plain.Columns)
		if !strings.Contains(c.query, "\n| transpose ") && !strings.Contains(c.query, "\n| join ") && !q.Messages() {
			want = append(want, "first_seen", "last_seen")
		}
		same := slices.Equal(seen.Columns, want) &&
			slices.EqualFunc(plain.Rows, seen.Rows, func(a, b []value.Value) bool { return slices.Equal(a, b[:n]) })
		if !same {
			t.Fatalf("%s\n%s\nwith the columns\n%s", c.query, tableText(plain), tableText(seen))
		}
	}
	if rows < rounds/10 { // a few queries have most of them
		t.Errorf("only %d rows", rows)
	}
}

func tableOf(q *engine.Query, events []string) *engine.Table {
	q = composed(q.At(storyClock), events)
	var projection normalize.Projection
	w := q.NewWorker(&projection)
	n := normalize.New(&projection, normalize.Options{})
	for _, e := range events {
		if record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "a.json"}); err == nil {
			w.Add(record)
		}
	}
	return q.Table(w)
}

// TestEvidence: a worker shows of a hit the group that it was counted in, and what the query read.
func TestEvidence(t *testing.T) {
	const query = `User=* | json auto keys "Deep.Key", "n" as k, number | toUpperCase(user) as who | where _size > 1 | count by who, k, MISSING`
	q, err := bound(query)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"who", "k", "MISSING"}, q.Keys()); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	event := []byte(`{"user":"ada","deep":{"key":"v"},"n":7,"other":1}`)
	var projection normalize.Projection
	w := q.NewWorker(&projection)
	record, err := normalize.New(&projection, normalize.Options{}).Normalize(event, event, &normalize.Origin{Name: "a.json"})
	if err != nil {
		t.Fatal(err)
	}
	if w.Add(record) != engine.Hit {
		t.Fatal("no hit")
	}
	if want := []value.Value{value.OfString("ADA"), value.OfString("v"), {}}; !slices.Equal(w.Groups()[0], want) {
		t.Errorf("the key is %v, want %v", w.Groups(), want)
	}
	var got []string
	for name, text := range w.Fields(record) {
		got = append(got, name+"="+string(text))
	}
	if diff := cmp.Diff([]string{"User=ada", "Deep.Key=v"}, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// TestEvidenceOfSeveralRows: of an event that makes several rows, a worker shows the group of each.
func TestEvidenceOfSeveralRows(t *testing.T) {
	q, err := engine.Compile(`* | parse regex field=to "(?<who>\w+)@" multi | json "n" as n | where who != "eve" | count by who, n`)
	if err != nil {
		t.Fatal(err)
	}
	event := []byte(`{"to":"ada@example.com, eve@example.com, bob@example.com","n":"\u0037"}`)
	var projection normalize.Projection
	w := q.NewWorker(&projection)
	record, err := normalize.New(&projection, normalize.Options{}).Normalize(event, event, &normalize.Origin{Name: "a.json"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if w.Add(record) != engine.Hit {
			t.Fatal("no hit")
		}
		n := value.OfString("7")
		want := [][]value.Value{{value.OfString("ada"), n}, {value.OfString("bob"), n}}
		if got := w.Groups(); !slices.EqualFunc(got, want, slices.Equal[[]value.Value]) {
			t.Errorf("the groups are %v, want %v", got, want)
		}
	}
}

// TestSeenAllocatesNothing: nor does keeping the times of a known group.
func TestSeenAllocatesNothing(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	q, err := engine.Compile("* | count by user")
	if err != nil {
		t.Fatal(err)
	}
	event := []byte(`{"user":"ada","time":"2026-03-02T12:00:00Z"}`)
	var projection normalize.Projection
	w := q.WithSeen().NewWorker(&projection)
	n, from := normalize.New(&projection, normalize.Options{}), &normalize.Origin{Name: "promise"}
	add := func() {
		record, err := n.Normalize(event, event, from)
		if err != nil || w.Add(record) != engine.Hit {
			t.Fatal(err)
		}
	}
	add()
	if allocs := testing.AllocsPerRun(100, add); allocs != 0 {
		t.Errorf("Add allocates %v times", allocs)
	}
}
