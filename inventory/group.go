package inventory

import (
	"encoding/binary"

	"retrohunt/normalize"
)

// Extent is how much there is of some events, and of what time.
type Extent struct {
	Events  int64
	Bytes   int64 // of the events as they stand in the decoded input
	Undated int64 // events without a time
	Local   int64 // events whose time did not say its zone, and was read in the run's
	First   int64 // the earliest time, in milliseconds UTC; 0 if all events are undated
	Last    int64 // the latest
}

// Dated returns the number of events that have a time.
func (x *Extent) Dated() int64 { return x.Events - x.Undated }

func (x *Extent) add(r *normalize.Record, size int64) {
	one := Extent{Events: 1, Bytes: size, First: r.Time, Last: r.Time}
	if !r.Timed {
		one.Undated = 1
	}
	if r.Local {
		one.Local = 1
	}
	x.merge(&one)
}

func (x *Extent) merge(other *Extent) {
	switch {
	case other.Dated() == 0:
	case x.Dated() == 0:
		x.First, x.Last = other.First, other.Last
	default:
		x.First, x.Last = min(x.First, other.First), max(x.Last, other.Last)
	}
	x.Events += other.Events
	x.Bytes += other.Bytes
	x.Undated += other.Undated
	x.Local += other.Local
}

// group is what is kept of the events of one category and shape.
type group struct {
	Extent
	days  *tally // by the days' numbers
	hosts *tally
	kinds *tally
}

func newGroup(names int) *group {
	return &group{days: newTally(names), hosts: newTally(names), kinds: newTally(names)}
}

func (g *group) add(r *normalize.Record, size int64, kind []byte) {
	g.Extent.add(r, size)
	if r.Timed {
		var day [8]byte
		binary.BigEndian.PutUint64(day[:], uint64(dayOf(r.Time)))
		g.days.at(day[:]).events++
	}
	if len(r.Host) > 0 {
		g.hosts.at(cut(r.Host)).events++
	}
	if len(kind) > 0 {
		g.kinds.at(cut(kind)).events++
	}
}

func (g *group) merge(other *group) {
	g.Extent.merge(&other.Extent)
	g.days.merge(other.days)
	g.hosts.merge(other.hosts)
	g.kinds.merge(other.kinds)
}
