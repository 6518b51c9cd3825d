package function

import (
	"strconv"
	"strings"
	"time"
)

// format appends a time.
func (p datePattern) format(dst []byte, t time.Time) []byte {
	for _, item := range p {
		dst = item.format(dst, t)
	}
	return dst
}

// format's switch is the table of SimpleDateFormat's letters. Weeks are those of the United States: they begin on Sunday,
// and the one with the first of January is the first.
func (i dateItem) format(dst []byte, t time.Time) []byte {
	year, month, day := t.Date()
	switch i.letter {
	case 0:
		return append(dst, i.text...)
	case 'G':
		if year < 1 {
			return append(dst, "BC"...)
		}
		return append(dst, "AD"...)
	case 'y':
		return i.year(dst, year)
	case 'Y':
		return i.year(dst, weekYear(t))
	case 'M', 'L':
		return i.month(dst, month)
	case 'w':
		return padded(dst, week(t), i.count)
	case 'W':
		return padded(dst, (day-1+firstWeekday(t, day))/7+1, i.count)
	case 'D':
		return padded(dst, t.YearDay(), i.count)
	case 'd':
		return padded(dst, day, i.count)
	case 'F':
		return padded(dst, (day-1)/7+1, i.count)
	case 'E':
		return i.name(dst, t.Weekday().String())
	case 'u':
		return padded(dst, (int(t.Weekday())+6)%7+1, i.count)
	case 'a':
		if t.Hour() < 12 {
			return append(dst, "AM"...)
		}
		return append(dst, "PM"...)
	case 'H':
		return padded(dst, t.Hour(), i.count)
	case 'k':
		return padded(dst, (t.Hour()+23)%24+1, i.count)
	case 'K':
		return padded(dst, t.Hour()%12, i.count)
	case 'h':
		return padded(dst, (t.Hour()+11)%12+1, i.count)
	case 'm':
		return padded(dst, t.Minute(), i.count)
	case 's':
		return padded(dst, t.Second(), i.count)
	case 'S':
		return padded(dst, t.Nanosecond()/1e6, i.count)
	case 'z':
		return zoneName(dst, t)
	case 'Z':
		return offset4(dst, t, false)
	}
	return i.isoOffset(dst, t)
}

// padded appends a number with zeros before it up to the width.
func padded(dst []byte, n, width int) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	from := len(dst)
	dst = strconv.AppendInt(dst, int64(n), 10)
	return inserted(dst, from, width-(len(dst)-from), '0')
}

// year writes two digits for two letters, else the whole year.
func (i dateItem) year(dst []byte, year int) []byte {
	if year < 1 {
		year = 1 - year // before Christ
	}
	if i.count == 2 {
		return padded(dst, year%100, 2)
	}
	return padded(dst, year, i.count)
}

func (i dateItem) month(dst []byte, month time.Month) []byte {
	if i.count < 3 {
		return padded(dst, int(month), i.count)
	}
	return i.name(dst, month.String())
}

// name appends a name, from four letters on in full.
func (i dateItem) name(dst []byte, name string) []byte {
	if i.count < 4 {
		name = name[:3]
	}
	return append(dst, name...)
}

// firstWeekday returns the weekday of the first day of the period of which t is in the nth.
func firstWeekday(t time.Time, n int) int {
	return ((int(t.Weekday())-(n-1))%7 + 7) % 7
}

func week(t time.Time) int {
	if weekYear(t) > t.Year() {
		return 1
	}
	return (t.YearDay()-1+firstWeekday(t, t.YearDay()))/7 + 1
}

// weekYear returns the year that the Saturday of the week is in.
func weekYear(t time.Time) int {
	year, month, day := t.Date()
	return time.Date(year, month, day+int(time.Saturday-t.Weekday()), 0, 0, 0, 0, time.UTC).Year()
}

// zoneName appends the zone's short name or, where it has none, GMT with the offset.
func zoneName(dst []byte, t time.Time) []byte {
	name, _ := t.Zone()
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return offset4(append(dst, "GMT"...), t, true)
	}
	return append(dst, name...)
}

// offset4 appends a zone's offset as four digits, with a colon between them if wanted.
func offset4(dst []byte, t time.Time, colon bool) []byte {
	hours, minutes := offsetOf(t)
	sign := byte('+')
	if hours < 0 || minutes < 0 {
		sign, hours, minutes = '-', -hours, -minutes
	}
	dst = padded(append(dst, sign), hours, 2)
	if colon {
		dst = append(dst, ':')
	}
	return padded(dst, minutes, 2)
}

func offsetOf(t time.Time) (hours, minutes int) {
	_, seconds := t.Zone()
	return seconds / 3600, seconds % 3600 / 60
}

// isoOffset appends Z for no offset, else the hours, with minutes for two letters, with a colon for three.
func (i dateItem) isoOffset(dst []byte, t time.Time) []byte {
	hours, minutes := offsetOf(t)
	switch {
	case hours == 0 && minutes == 0:
		return append(dst, 'Z')
	case i.count == 1:
		return offset4(dst, t, false)[:len(dst)+len("+hh")]
	}
	return offset4(dst, t, i.count == 3)
}
