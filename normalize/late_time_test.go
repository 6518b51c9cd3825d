package normalize

import (
	"testing"
	"time"

	"retrohunt/internal/view"
)

// TestMessageTimeOnDemand: asked for late, the time of an event is the one that Options.Time computes for every event.
func TestMessageTimeOnDemand(t *testing.T) {
	zone := time.FixedZone("east", 2*3600)
	eager := New(&Projection{}, Options{Zone: zone, Time: true})
	late := New(&Projection{}, Options{Zone: zone})
	events := []string{
		`{"_messagetime":"1700000000000"}`, `{"time":"2026-03-02T10:00:00Z"}`, `{"x":1}`, `{"EventTime":"2026-03-02 10:00:00","Channel":"Security","EventID":1}`,
		`{"map":{"_messagetime":"1700000000001","_raw":"{}"}}`,
	}
	for _, name := range sources {
		events = append(events, string(event(t, name)))
	}
	timed := 0
	for _, text := range events {
		raw, from := []byte(text), &Origin{Name: "a.json"}
		want, err := eager.Normalize(raw, raw, from)
		if err != nil {
			t.Fatal(err)
		}
		r, err := late.Normalize(raw, raw, from)
		if err != nil {
			t.Fatal(err)
		}
		if r.Timed {
			t.Errorf("%s: the time was computed before anybody asked", text)
		}
		for range 2 {
			if ms, ok := r.MessageTime(); ms != want.Time || ok != want.Timed {
				t.Errorf("%s: %d, %v, want %d, %v", text, ms, ok, want.Time, want.Timed)
			}
		}
		if ms, ok := want.MessageTime(); ms != want.Time || ok != want.Timed {
			t.Errorf("%s: %d, %v where Options.Time computed %d, %v", text, ms, ok, want.Time, want.Timed)
		}
		if want.Timed {
			timed++
		}
	}
	if timed < len(sources) {
		t.Errorf("only %d events have a time", timed)
	}
}

func TestMessageTimeOnDemandAllocatesNothing(t *testing.T) {
	if view.Copies {
		t.Skip("under purego views are copies")
	}
	n := New(&Projection{}, Options{})
	raw, from := event(t, sources[0]), &Origin{Name: "a.json"}
	ask := func() {
		r, err := n.Normalize(raw, raw, from)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := r.MessageTime(); !ok {
			t.Fatal("no time")
		}
	}
	ask()
	if allocs := testing.AllocsPerRun(100, ask); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}
