package stream_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// lines are two events with a needle, one of them malformed, and three without, of which one is malformed.
const lines = `{"a":"needle"}
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
		{"one query", []*engine.Query{needle}, 5, 3, 1},
		{"two queries", []*engine.Query{needle, pin}, 5, 2, 1},
		{"a query that every event may reach", []*engine.Query{needle, everything}, 4, 0, 2},
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

// counter is an observer.
type counter struct{ events int }

func (c *counter) Event(*normalize.Record, sources.Event, string) { c.events++ }
