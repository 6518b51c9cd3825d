package report

import (
	"bytes"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"retrohunt/engine/stream"
)

// TestTheTimeLeft is foretold by the rate of the last half minute, and not where nobody knows.
func TestTheTimeLeft(t *testing.T) {
	start := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	type look struct {
		after time.Duration
		s     stream.Snapshot
		rate  int64
		left  time.Duration
	}
	for name, looks := range map[string][]look{
		"an even run": {
			{1 * time.Second, stream.Snapshot{Stored: 100, Total: 1000}, 100, -1}, // too early
			{2 * time.Second, stream.Snapshot{Stored: 200, Total: 1000}, 100, 8 * time.Second},
			{5 * time.Second, stream.Snapshot{Stored: 500, Total: 1000}, 100, 5 * time.Second},
			{10 * time.Second, stream.Snapshot{Stored: 1000, Total: 1000}, 100, 0},
		},
		"a run that slows down": {
			{30 * time.Second, stream.Snapshot{Stored: 3000, Total: 10000}, 100, 70 * time.Second},
			{60 * time.Second, stream.Snapshot{Stored: 3300, Total: 10000}, 10, 670 * time.Second},
		},
		"a run that stands still": {
			{30 * time.Second, stream.Snapshot{Stored: 3000, Total: 10000}, 100, 70 * time.Second},
			{60 * time.Second, stream.Snapshot{Stored: 3000, Total: 10000}, 0, -1},
			{90 * time.Second, stream.Snapshot{Stored: 3000, Total: 10000}, 0, -1},
		},
		"an input of unknown size": {
			{4 * time.Second, stream.Snapshot{Stored: 400, Total: 100, Unsized: 1}, 100, -1},
		},
		"nothing to read": {
			{4 * time.Second, stream.Snapshot{}, 0, -1},
		},
	} {
		pace := NewPace(start)
		for _, l := range looks {
			got := pace.At(start.Add(l.after), l.s)
			if got.Rate != l.rate || got.Left != l.left || got.Elapsed != l.after {
				t.Errorf("%s, after %v: %d bytes a second, %v left, %v gone; want %d, %v", name, l.after, got.Rate, got.Left, got.Elapsed, l.rate, l.left)
			}
		}
	}
}

func TestPaceForgetsWhatIsLongAgo(t *testing.T) {
	start := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	pace := NewPace(start)
	for i := range 10_000 {
		pace.At(start.Add(time.Duration(i)*200*time.Millisecond), stream.Snapshot{Stored: int64(i)})
	}
	if n := len(pace.marks); n > 160 {
		t.Errorf("%d marks are kept", n)
	}
}

func TestProgressInWords(t *testing.T) {
	whole := stream.Snapshot{Queries: 1, Total: 3_400_000_000, Stored: 1_200_000_000, Hits: 1234}
	for _, c := range []struct {
		p     Progress
		width int
		want  string
	}{
		{Progress{Snapshot: whole, Rate: 310_000_000, Left: 7*time.Second + 80*time.Millisecond}, 0, "1.2 GB of 3.4 GB, 310 MB/s, about 7s left, 1,234 in rows"},
		{Progress{Snapshot: whole, Rate: 310_000_000, Left: 83 * time.Second}, 50, "1.2 GB of 3.4 GB, about 1m25s left, 1,234 in rows"},
		{Progress{Snapshot: whole, Rate: 310_000_000, Left: 2*time.Hour + 29*time.Second}, 36, "1.2 GB of 3.4 GB, about 2h0m left"},
		{Progress{Snapshot: whole, Left: -1}, 20, "time left unknown"},
		{Progress{Snapshot: whole, Left: -1}, 10, "time left…"},
		{Progress{Snapshot: stream.Snapshot{Unsized: 1, Stored: 5000}, Rate: 10, Left: -1}, 0, "5.0 kB of an unknown size, 10 B/s, time left unknown"},
	} {
		if got := c.p.Words(c.width); got != c.want {
			t.Errorf("in %d columns: %q, want %q", c.width, got, c.want)
		}
	}
}

// TestWhatIsReadIsSafeToShow: names are of the log's own making, and may be long.
func TestWhatIsReadIsSafeToShow(t *testing.T) {
	p := Progress{Snapshot: stream.Snapshot{Current: []string{"a\x1b[31m.json", "case.zip!b\n\u202e漢漢漢漢.json"}}}
	if got, want := p.Reading(0), `reading a\x1b[31m.json, case.zip!b\n\u202e漢漢漢漢.json`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for width := 1; width < 60; width++ {
		if got := p.Reading(width); text.StringWidthWithoutEscSequences(got) > width {
			t.Errorf("%q is wider than %d", got, width)
		}
	}
	if got := (&Progress{}).Reading(0); got != "" {
		t.Errorf("%q where nothing is read", got)
	}
}

func TestProgressAsJSON(t *testing.T) {
	for want, p := range map[string]Progress{
		`{"progress":{"seconds":2,"inputs":3,"inputs_done":1,"bytes_stored":500,"bytes_total":1000,"bytes_decoded":5000,"bytes_per_second":250,"seconds_left":2,"events":7,"hits":1,"reading":["a\u001b.json"]}}` + "\n": {
			Snapshot: stream.Snapshot{Inputs: 3, Done: 1, Stored: 500, Total: 1000, Decoded: 5000, Events: 7, Hits: 1, Current: []string{"a\x1b.json"}},
			Elapsed:  2 * time.Second, Rate: 250, Left: 2 * time.Second,
		},
		`{"progress":{"seconds":0,"inputs":1,"inputs_done":0,"bytes_stored":0,"bytes_total":null,"bytes_decoded":0,"bytes_per_second":0,"seconds_left":null,"events":0,"hits":0,"reading":[]}}` + "\n": {
			Snapshot: stream.Snapshot{Inputs: 1, Unsized: 1}, Left: -1,
		},
	} {
		var b bytes.Buffer
		if err := p.JSON(&b); err != nil || b.String() != want {
			t.Errorf("%v\n%swant\n%s", err, b.String(), want)
		}
	}
}
