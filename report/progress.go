package report

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"retrohunt/engine/stream"
)

// This file says how far a run is, in words and as JSON. When to say it, and where, is the caller's.

// paceSpan is the time behind now whose rate foretells how long the rest takes: long enough for an even number, short enough to
// follow when compressed inputs give way to plain ones.
const paceSpan = 30 * time.Second

// paceLeast is how long a run must last before its end is foretold.
const paceLeast = 2 * time.Second

// Pace makes a Progress of one snapshot after another.
type Pace struct {
	start time.Time
	marks []mark // of the last paceSpan, and the one before
}

// mark is how far the run was at a time.
type mark struct {
	at     time.Time
	stored int64
}

// NewPace begins with a run.
func NewPace(start time.Time) *Pace { return &Pace{start: start, marks: []mark{{at: start}}} }

// Progress is how far a run is, and how fast.
type Progress struct {
	stream.Snapshot
	Elapsed time.Duration
	Rate    int64         // stored bytes a second, of the last half minute
	Left    time.Duration // at that rate; -1 where nobody knows: at the beginning, while nothing comes, with inputs of unknown size
}

// At says how far the run is at a time, which is not before that of the call before.
func (p *Pace) At(now time.Time, s stream.Snapshot) Progress {
	p.marks = append(p.marks, mark{now, s.Stored})
	for len(p.marks) > 2 && now.Sub(p.marks[1].at) >= paceSpan {
		p.marks = slices.Delete(p.marks, 0, 1)
	}
	since := p.marks[0]
	out := Progress{Snapshot: s, Elapsed: now.Sub(p.start), Rate: rate(s.Stored-since.stored, now.Sub(since.at)), Left: -1}
	if s.Unsized == 0 && out.Rate > 0 && out.Elapsed >= paceLeast {
		out.Left = time.Duration(float64(s.Total-s.Stored) / float64(out.Rate) * float64(time.Second))
	}
	return out
}

// Percent is the part of the bytes that are read, rounded down; ok is false where nobody knows how many there are.
func (p *Progress) Percent() (n int, ok bool) {
	if p.Unsized > 0 || p.Total == 0 {
		return 0, false
	}
	return int(float64(p.Stored) / float64(p.Total) * 100), true
}

// Words says how far the run is in so many columns: what matters less is left out where there is no room; 0 is all.
func (p *Progress) Words(width int) string {
	size := bytesText(p.Stored) + " of " + bytesText(p.Total)
	if p.Unsized > 0 {
		size = bytesText(p.Stored) + " of an unknown size"
	}
	var hits []string
	if p.Queries > 0 {
		hits = []string{count(p.Hits) + " in rows"}
	}
	speed, left := bytesText(p.Rate)+"/s", p.leftText()
	for _, parts := range [][]string{
		slices.Concat([]string{size, speed, left}, hits),
		slices.Concat([]string{size, left}, hits),
		{size, left},
	} {
		if words := strings.Join(parts, ", "); width == 0 || len(words) <= width {
			return words
		}
	}
	return fit(left, width)
}

// leftText is the time that is left. It is not more exact than it is known.
func (p *Progress) leftText() string {
	switch left := p.Left; {
	case left < 0:
		return "time left unknown"
	case left >= time.Hour:
		return "about " + strings.TrimSuffix(left.Round(time.Minute).String(), "0s") + " left"
	case left >= time.Minute:
		return "about " + left.Round(5*time.Second).String() + " left"
	default:
		return "about " + left.Round(time.Second).String() + " left"
	}
}

// Reading names what is being read in so many columns; 0 is as many as it takes.
func (p *Progress) Reading(width int) string {
	if len(p.Current) == 0 {
		return ""
	}
	var names []string
	for _, name := range p.Current {
		names = append(names, visible(name))
	}
	said := "reading " + strings.Join(names, ", ")
	if width == 0 || text.StringWidthWithoutEscSequences(said) <= width {
		return said
	}
	return fit(said, width)
}

// progressLine is a Progress under the names that machines read; they are part of the interface.
type progressLine struct {
	Progress progressSummary `json:"progress"`
}

type progressSummary struct {
	Seconds float64  `json:"seconds"`
	Inputs  int      `json:"inputs"`
	Done    int      `json:"inputs_done"`
	Stored  int64    `json:"bytes_stored"`
	Total   *int64   `json:"bytes_total"` // null: not known
	Decoded int64    `json:"bytes_decoded"`
	Rate    int64    `json:"bytes_per_second"` // stored
	Left    *float64 `json:"seconds_left"`     // null: not known
	Events  int64    `json:"events"`
	Hits    int64    `json:"hits"`
	Current []string `json:"reading"`
}

// JSON prints the progress as one JSON object on a line.
func (p *Progress) JSON(w io.Writer) error {
	s := progressSummary{
		Seconds: p.Elapsed.Seconds(), Inputs: p.Inputs, Done: p.Done, Stored: p.Stored, Decoded: p.Decoded, Rate: p.Rate,
		Events: p.Events, Hits: p.Hits, Current: append([]string{}, p.Current...),
	}
	if p.Unsized == 0 {
		s.Total = &p.Total
	}
	if p.Left >= 0 {
		seconds := p.Left.Seconds()
		s.Left = &seconds
	}
	var buf bytes.Buffer
	if err := encodeLine(&buf, progressLine{s}); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}
