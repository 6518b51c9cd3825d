package stream

import (
	"math"
	"slices"
	"time"

	"retrohunt/normalize"
)

// Window is a span of message time. The zero value lets every event in.
type Window struct {
	From, To    int64 // milliseconds UTC; From included, To excluded; 0 is open
	DropUndated bool  // leave out events without a message time; without it they are in every window
}

// Between returns the window with other bounds; a zero time is open.
func (w Window) Between(from, to time.Time) Window {
	w.From, w.To = millis(from), millis(to)
	return w
}

// millis is a moment in milliseconds UTC, 0 for one that is open.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// open reports whether the window keeps nothing out.
func (w Window) open() bool { return w == Window{} }

// holds reports whether a time is in the window.
func (w Window) holds(ms int64) bool {
	to := w.To
	if to == 0 {
		to = math.MaxInt64
	}
	return (w.From == 0 || ms >= w.From) && ms < to
}

// earlierWindows are the spans before the one that is asked for whose events a query wants to compare with.
func (j Job) earlierWindows() []Window {
	var out []Window
	for _, q := range j.Queries {
		for _, back := range q.LookBacks() {
			ms := back.Milliseconds()
			earlier := Window{From: j.Window.From - ms, To: j.Window.To - ms}
			if j.Window.From != 0 && j.Window.To != 0 && !slices.Contains(out, earlier) {
				out = append(out, earlier)
			}
		}
	}
	return out
}

// earlier reports whether an event is outside the window that is asked for. If it is admitted, queries that compare want it.
func (w *worker) earlier(r *normalize.Record) bool {
	return len(w.shared.earlier) > 0 && r.Timed && !w.shared.Window.holds(r.Time)
}

// admit reports whether an event is in a time window and not seen before; else it is counted by the reason.
func (w *worker) admit(r *normalize.Record, c *inputCoverage) bool {
	window := w.shared.Window
	if !window.open() {
		switch {
		case !r.Timed:
			c.undated++
			if window.DropUndated {
				return false
			}
		case !window.holds(r.Time) && !slices.ContainsFunc(w.shared.earlier, func(e Window) bool { return e.holds(r.Time) }):
			c.outside++
			return false
		}
	}
	if w.dedup != nil && !w.dedup.first(r) {
		c.duplicates++
		return false
	}
	return true
}
