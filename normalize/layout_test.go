package normalize

import (
	"bytes"
	"sync"
	"testing"
)

// Normalizers of one layout, each in a goroutine of its own, make the records that one makes that shares nothing: also of events for
// whose fields with JSON or XML in them the layout makes trees, and whose times it is asked for late.
func TestNormalizersShareALayout(t *testing.T) {
	p := project(append(t1021, "_sourceCategory", "_messagetime")...)
	layout := NewLayout(p, Options{})
	events := [][]byte{
		[]byte(`{"Type":"Event","TimeGenerated":"2026-11-01T00:00:00Z","EventLog":"Security","EventData":"<EventData><Data Name=\"CommandLine\">x</Data></EventData>"}`),
		[]byte(`{"TimeCreated":"2026-11-01T00:00:00Z","Channel":"Security","EventID":4688,"UserData":{"A":{"CommandLine":"y"}},"EventData":"{\"Image\":\"z\"}"}`),
	}
	for _, name := range sources {
		events = append(events, event(t, name))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			shared, own := layout.NewNormalizer(), New(p, Options{})
			for _, e := range events {
				got, err := shared.Normalize(e, e, &Origin{Name: "a"})
				want, wrong := own.Normalize(e, e, &Origin{Name: "a"})
				if err != nil || wrong != nil {
					t.Error(err, wrong)
					return
				}
				if got.Shape != want.Shape || !bytes.Equal(got.Category, want.Category) || got.Time != want.Time {
					t.Errorf("%s at %d, not %s at %d", got.Category, got.Time, want.Category, want.Time)
				}
				for i := range want.Fields {
					if !bytes.Equal(got.Fields[i], want.Fields[i]) {
						t.Errorf("%s is %q, not %q", p.fields[i].Name, got.Fields[i], want.Fields[i])
					}
				}
			}
		})
	}
	wg.Wait()
}
