package stream

import (
	"math"

	"retrohunt/normalize"
)

// Window is a span of message time. The zero value lets every event in.
type Window struct {
	From, To    int64 // milliseconds UTC; From included, To excluded; 0 is open
	DropUndated bool  // leave out events without a message time; without it they are in every window
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

// admit reports whether an event is in the time window and not seen before; else it is counted by the reason.
func (w *worker) admit(r *normalize.Record, c *inputCoverage) bool {
	window := w.shared.Window
	if !window.open() {
		switch {
		case !r.Timed:
			c.undated++
			if window.DropUndated {
				return false
			}
		case !window.holds(r.Time):
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
