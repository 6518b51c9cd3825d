package mapping

import (
	"slices"
	"time"
)

// ownTimes is how many of TimeKeys, the first ones, are metadata that the event carries itself, as Sumo's exports do; the last
// of them only in forwarded messages.
const ownTimes = 3

// utcTime is Sysmon's time, which is UTC without saying so.
const utcTime = "utctime"

// anyTimes are the fields that the time of an event of no known shape is read from. The event's own time comes before that of
// its collection.
var anyTimes = []string{
	utcTime, "timecreated", "eventtime", "createddatetime", "event.created", "@timestamp", "time", "timegenerated",
	"event_timestamp", "eventtimestamp", "timestamp",
}

// TimeKeys are the fields that message times are read from, flattened and in lower case.
var TimeKeys, timesOf = func() (keys []string, of [Shapes][]int) {
	keys = []string{"_messagetime", "map._messagetime", "messagetime"}
	for s := range Shapes {
		names := shapes[s].times
		if names == nil {
			names = anyTimes
		}
		for _, name := range names {
			i := slices.Index(keys, name)
			if i < 0 {
				i, keys = len(keys), append(keys, name)
			}
			of[s] = append(of[s], i)
		}
	}
	return keys, of
}()

// utcKey is the one of TimeKeys that is UTC without saying so.
var utcKey = slices.Index(TimeKeys, utcTime)

// OwnTime returns the message time that an event carries as metadata, in milliseconds UTC, from the texts of TimeKeys. local
// says that the time had no zone, and was read in the given one.
func OwnTime(texts [][]byte, forwarded bool, zone *time.Location) (ms int64, local, ok bool) {
	own := ownTimes
	if !forwarded {
		own--
	}
	for _, text := range texts[:own] {
		if c, ok := parseTime(text); ok {
			return c.millis(zone), !c.zoned, true
		}
	}
	return 0, false, false
}

// MessageTime returns the time of an event of the shape, in milliseconds UTC, from the texts of TimeKeys. A time that says its
// zone is taken before one that does not; that one is read in the zone of the shape, if it has one, else in the given
// one, which local says.
func (s Shape) MessageTime(texts [][]byte, zone *time.Location) (ms int64, local, ok bool) {
	var fallback civil
	for _, i := range timesOf[s] {
		c, parsed := parseTime(texts[i])
		c.zoned = c.zoned || i == utcKey
		switch {
		case !parsed:
		case c.zoned:
			return c.millis(nil), false, true
		case !ok:
			fallback, ok = c, true
		}
	}
	if !ok {
		return 0, false, false
	}
	if own := shapes[s].zone; own != nil {
		return fallback.millis(own), false, true
	}
	return fallback.millis(zone), true, true
}
