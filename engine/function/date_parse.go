package function

import (
	"strings"
	"sync"
	"time"
)

// dateFields are the parts of a time that parseDate read; the rest is the start of 1970.
type dateFields struct {
	year, month, day  int
	yearDay           int // 0: not read
	hour              int // of the day; -1: not read
	halfHour          int // of half a day
	afternoon, before bool
	minute, second    int
	millis            int
	zone              *time.Location
}

// mostDigits keeps numbers in texts below a size with which time.Date reckons soundly.
const mostDigits = 9

// parse reads a time at the start of s, as SimpleDateFormat does when it is lenient: a 13th month is the next January. It
// returns milliseconds since 1970, and false for what does not match. now places years of two digits.
func (p datePattern) parse(s string, zone *time.Location, now time.Time) (int64, bool) {
	f := dateFields{year: 1970, month: 1, day: 1, hour: -1, zone: zone}
	for i, item := range p {
		if item.letter == 0 {
			rest, ok := strings.CutPrefix(s, item.text)
			if !ok {
				return 0, false
			}
			s = rest
			continue
		}
		s = strings.TrimLeft(s, " \t")
		digits := mostDigits
		if i+1 < len(p) && p[i+1].isNumber() {
			digits = item.count // the next number begins where this one's letters end
		}
		var ok bool
		if item.isNumber() {
			s, ok = f.number(item, s, digits, now)
		} else {
			s, ok = f.word(item, s)
		}
		if !ok {
			return 0, false
		}
	}
	return f.millisecond(), true
}

// number reads an item that is written in digits.
func (f *dateFields) number(i dateItem, s string, most int, now time.Time) (rest string, ok bool) {
	near := s[:min(most, len(s))]
	n, behind, ok := cutNumber(near)
	rest = s[len(near)-len(behind):]
	if !ok {
		return s, false
	}
	switch i.letter {
	case 'y':
		f.year = n
		if i.count <= 2 && len(s)-len(rest) == 2 {
			f.year = nearYear(n, now)
		}
	case 'M', 'L':
		f.month = n
	case 'D':
		f.yearDay = n
	case 'd':
		f.day = n
	case 'H':
		f.hour = n
	case 'k':
		f.hour = n
		if n == 24 {
			f.hour = 0
		}
	case 'K':
		f.halfHour = n
	case 'h':
		f.halfHour = n
		if n == 12 {
			f.halfHour = 0
		}
	case 'm':
		f.minute = n
	case 's':
		f.second = n
	case 'S':
		f.millis = n
	}
	return rest, true
}

// nearYear returns the year with these last two digits within 80 years before now and 20 behind it.
func nearYear(n int, now time.Time) int {
	first := now.Year() - 80
	year := first/100*100 + n
	if year < first {
		year += 100
	}
	return year
}

// word reads an item that is not written in digits.
func (f *dateFields) word(i dateItem, s string) (rest string, ok bool) {
	switch i.letter {
	case 'M', 'L':
		n, rest, ok := cutName(s, monthNames[:])
		f.month = n + 1
		return rest, ok
	case 'E':
		_, rest, ok = cutName(s, dayNames[:])
		return rest, ok
	case 'a':
		n, rest, ok := cutName(s, halves[:])
		f.afternoon = n == 1
		return rest, ok
	case 'G':
		n, rest, ok := cutName(s, eras[:])
		f.before = n == 1
		return rest, ok
	}
	return f.offset(s)
}

var (
	monthNames = func() (names [12]string) {
		for i := range names {
			names[i] = time.Month(i + 1).String()
		}
		return names
	}()
	dayNames = func() (names [7]string) {
		for i := range names {
			names[i] = time.Weekday(i).String()
		}
		return names
	}()
	halves = [...]string{"AM", "PM"}
	eras   = [...]string{"AD", "BC"}
)

// cutName cuts one of the names, in any case, or its first three letters.
func cutName(s string, names []string) (n int, rest string, ok bool) {
	for _, short := range []bool{false, true} {
		for i, name := range names {
			if short {
				name = name[:min(len(name), 3)]
			}
			if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
				return i, s[len(name):], true
			}
		}
	}
	return 0, s, false
}

// offsets are the zones with a short name that dates bear, in seconds.
var offsets = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "EST": -5 * 3600, "EDT": -4 * 3600, "CST": -6 * 3600, "CDT": -5 * 3600, "MST": -7 * 3600,
	"MDT": -6 * 3600, "PST": -8 * 3600, "PDT": -7 * 3600, "CET": 3600, "CEST": 7200, "JST": 9 * 3600, "IST": 19800,
}

// offset reads a zone: a short name, an offset, or GMT and an offset.
func (f *dateFields) offset(s string) (rest string, ok bool) {
	letters := 0
	for letters < len(s) && letters < 4 && s[letters]|0x20-'a' < 26 {
		letters++
	}
	var name [4]byte
	for i := range letters {
		name[i] = s[i] &^ 0x20
	}
	seconds, known := offsets[string(name[:letters])]
	if letters > 0 && !known {
		return s, false
	}
	more, rest, ok := cutOffset(s[letters:])
	if !ok && !known {
		return s, false
	}
	f.zone = offsetZone(seconds + more)
	return rest, true
}

// offsetZones holds the zones of whole quarters of an hour, which are nearly all there are.
var offsetZones = sync.OnceValue(func() []*time.Location {
	zones := make([]*time.Location, 2*24*4)
	for i := range zones {
		zones[i] = time.FixedZone("", (i-24*4)*900)
	}
	return zones
})

func offsetZone(seconds int) *time.Location {
	if i := seconds/900 + 24*4; seconds%900 == 0 && i >= 0 && i < len(offsetZones()) {
		return offsetZones()[i]
	}
	return time.FixedZone("", seconds)
}

// millisecond puts the fields together. The hour of the day counts before that of half a day.
func (f *dateFields) millisecond() int64 {
	hour := f.hour
	if hour < 0 {
		hour = f.halfHour
		if f.afternoon {
			hour += 12
		}
	}
	month, day := f.month, f.day
	if f.yearDay > 0 {
		month, day = 1, f.yearDay
	}
	year := f.year
	if f.before {
		year = 1 - year
	}
	wall := time.Date(year, time.Month(month), day, hour, f.minute, f.second, 0, time.UTC)
	return inZone(wall, f.zone).UnixMilli() + int64(f.millis)
}

// inZone returns the time at which clocks of the zone show what the wall shows. Of two such times it is the later, in
// standard time, and where clocks leave the time out it is as much later as they leave out: so Java has it.
func inZone(wall time.Time, zone *time.Location) time.Time {
	t := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	if later := t.Add(time.Hour); shown(later) == wall.Unix() {
		return later
	}
	leftOut := wall.Unix() - shown(t)
	return t.Add(time.Duration(max(leftOut, 0)) * time.Second)
}

// shown returns what clocks show at a time, as seconds.
func shown(t time.Time) int64 {
	_, offset := t.Zone()
	return t.Unix() + int64(offset)
}
