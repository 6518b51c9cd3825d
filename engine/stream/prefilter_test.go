package stream_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// lines are, behind a first one that is of the sample for its place, two events with a needle, one of them malformed, and three
// without, of which one is malformed.
var lines = `{"a":"first","filler":"` + strings.Repeat(".", 600) + `"}
{"a":"needle"}
{"a":"hay"}
{"a":"needle"
{"a":"hay"
{"a":"\u0068ay"}
{"a":"straw","b":"pin"}
`

func TestThePrefilterCountsWhatItTurnsAway(t *testing.T) {
	inputs := write(t, map[string]string{"log.jsonl": lines})
	needle := compile(t, `* | where a = "needle" | count`)
	pin := compile(t, `* | where b = "pin" | count`)
	everything := compile(t, `* | count`)
	cases := []struct {
		name                        string
		queries                     []*engine.Query
		events, filtered, malformed int64
	}{
		{"one query", []*engine.Query{needle}, 6, 3, 1},
		{"two queries", []*engine.Query{needle, pin}, 6, 2, 1},
		{"a query that every event may reach", []*engine.Query{needle, everything}, 5, 0, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: c.queries, Prefilter: true})
			g := got.Coverage
			if g.Events != c.events || g.Filtered != c.filtered || g.Malformed != c.malformed || g.Prefiltered != (c.filtered > 0) {
				t.Errorf("%+v", g)
			}
			if diff := cmp.Diff([]string{"1"}, texts(got.Tables[0])); diff != "" {
				t.Error(diff)
			}
			looked := int64(0)
			for _, n := range g.Categories {
				looked += n.Events
			}
			if looked != g.Events-g.Filtered {
				t.Errorf("categories of %d events, of %d looked into", looked, g.Events-g.Filtered)
			}
		})
	}
}

func TestNothingIsTurnedAwayWhereMoreThanRowsIsAsked(t *testing.T) {
	inputs := write(t, map[string]string{"log.jsonl": lines})
	jobs := map[string]stream.Job{
		"an observer":      {Observe: func(*normalize.Projection) stream.Observer { return &counter{} }},
		"custody":          {Custody: true},
		"a window":         {Window: stream.Window{From: 1}},
		"dedup":            {Dedup: []string{"a"}},
		"no query":         {},
		"it is not wanted": {},
	}
	for name, job := range jobs {
		t.Run(name, func(t *testing.T) {
			job.Inputs, job.Prefilter = inputs, name != "it is not wanted"
			if name != "no query" {
				job.Queries = []*engine.Query{compile(t, `* | where a = "needle" | count`)}
			}
			if g := stream.Run(context.Background(), job).Coverage; g.Prefiltered || g.Filtered != 0 || g.Malformed != 2 {
				t.Errorf("%+v", g)
			}
		})
	}
}

// TestTheSampleIsTheSameForAnyWorkers: what is looked into beside what may hit depends on the places of events alone, and shows
// what fields the logs lack.
func TestTheSampleIsTheSameForAnyWorkers(t *testing.T) {
	files := map[string]string{}
	for i := range 6 {
		var b strings.Builder
		for j := range 2000 * (i + 1) {
			fmt.Fprintf(&b, `{"Channel":"Security","EventID":%d,"filler":"%s"}`+"\n", j, strings.Repeat("x", 300))
		}
		files[fmt.Sprintf("%d.json", i)] = b.String()
	}
	inputs := write(t, files)
	q := compile(t, `* | where CommandLine = "needle" | count`)
	run := func(workers int) *stream.Result {
		return stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: []*engine.Query{q}, Workers: workers, Prefilter: true})
	}
	want := run(1)
	c := want.Coverage
	if looked := c.Events - c.Filtered; c.Events != 42_000 || looked < 60 || looked > 200 {
		t.Errorf("%d events of %d looked into", looked, c.Events)
	}
	if n := want.Tables[0].Needs; len(n) != 1 || n[0].Events != c.Events-c.Filtered || n[0].Fields[0][0] != "CommandLine" {
		t.Errorf("needs %+v", n)
	}
	for _, workers := range []int{2, 7} {
		if diff := cmp.Diff(want, run(workers), cmp.AllowUnexported(value.Value{}), cmpopts.IgnoreUnexported(engine.Table{}), cmpopts.IgnoreFields(stream.Coverage{}, "Elapsed")); diff != "" {
			t.Errorf("%d workers (-1 worker +%d):\n%s", workers, workers, diff)
		}
	}
}

func TestLarge(t *testing.T) {
	sized := func(sizes ...int64) (out []sources.Input) {
		for _, n := range sizes {
			out = append(out, sources.Input{Size: n})
		}
		return out
	}
	for _, c := range []struct {
		inputs []sources.Input
		want   bool
	}{{nil, false}, {sized(1, 1<<24-2), false}, {sized(1, 1<<24-1), true}, {sized(1, -1), true}} {
		if got := stream.Large(c.inputs); got != c.want {
			t.Errorf("%v: %v", c.inputs, got)
		}
	}
}

// counter is an observer.
type counter struct{ events int }

func (c *counter) Event(*normalize.Record, sources.Event, string) { c.events++ }
