package mapping

import "time"

// ParseTime reads one time of the forms below, in milliseconds UTC.
func ParseTime(text []byte, zone *time.Location) (ms int64, ok bool) {
	c, ok := parseTime(text)
	if !ok {
		return 0, false
	}
	return c.millis(zone), true
}

// civil is a time as it is written. If zoned, offset is what to take off for UTC.
type civil struct {
	year, month, day, hour, minute, second int
	ms                                     int64
	zoned                                  bool
	offset                                 int64 // milliseconds
}

// millis returns the time in milliseconds UTC; zone is that of a time that does not say it.
func (c civil) millis(zone *time.Location) int64 {
	if c.zoned {
		zone = time.UTC
	}
	return time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, 0, zone).UnixMilli() + c.ms - c.offset
}

// parseTime reads the forms that exports have:
//
//	2020-10-18T10:56:14.2831234Z   ISO 8601, 0 to 9 digits of fraction, T or a blank, Z, an offset, or no zone
//	2020-10-12T07:31:14+000039800Z Sumo's Windows JSON: the fraction stands behind a plus
//	8/5/2020 3:48:29.123 PM        US, with or without AM and PM
//	1549462715.946133              seconds since 1970, with or without fraction; 13, 16, 19 digits are milli-, micro-, nanoseconds
func parseTime(text []byte) (c civil, ok bool) {
	s := scanner{rest: text}
	s.blanks()
	start := s
	year, digits := s.number()
	switch {
	case digits == 4 && s.take('-'):
		ok = s.isoDate(&c, year)
	case digits >= 1 && digits <= 2 && s.take('/'):
		ok = s.usDate(&c, year)
	default:
		return start.epoch()
	}
	s.blanks()
	return c, ok && len(s.rest) == 0 && c.valid()
}

// valid reports whether the time exists. The second 60 does, as the first one of the next minute, and so does 24:00.
func (c civil) valid() bool {
	if c.month < 1 || c.month > 12 || c.day < 1 || c.day > daysIn(c.year, c.month) {
		return false
	}
	return c.hour < 24 && c.minute < 60 && c.second <= 60 || c.hour == 24 && c.minute == 0 && c.second == 0
}

// daysInMonth are those of a leap year.
var daysInMonth = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func daysIn(year, month int) int {
	if month == 2 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 28
	}
	return daysInMonth[month]
}

// scanner takes a text apart from the left.
type scanner struct{ rest []byte }

func (s *scanner) take(c byte) bool {
	if len(s.rest) == 0 || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) blanks() {
	for s.take(' ') || s.take('\t') {
	}
}

// number takes a run of at most 19 digits.
func (s *scanner) number() (n, digits int) {
	for digits < 19 && len(s.rest) > 0 && s.rest[0]-'0' < 10 {
		n = n*10 + int(s.rest[0]-'0')
		s.rest = s.rest[1:]
		digits++
	}
	return n, digits
}

func (s *scanner) isoDate(c *civil, year int) bool {
	c.year = year
	var digits int
	if c.month, digits = s.number(); digits == 0 || !s.take('-') {
		return false
	}
	if c.day, digits = s.number(); digits == 0 {
		return false
	}
	if len(s.rest) == 0 {
		return true
	}
	if !s.take('T') && !s.take('t') {
		s.blanks()
	}
	return s.clock(c) && s.zone(c)
}

func (s *scanner) usDate(c *civil, month int) bool {
	c.month = month
	var digits int
	if c.day, digits = s.number(); digits == 0 || !s.take('/') {
		return false
	}
	if c.year, digits = s.number(); digits != 4 {
		return false
	}
	s.take(',')
	s.blanks()
	if len(s.rest) == 0 {
		return true
	}
	if !s.clock(c) {
		return false
	}
	s.blanks()
	if afternoon := hasPrefixFold(s.rest, "pm"); afternoon || hasPrefixFold(s.rest, "am") {
		if s.rest = s.rest[2:]; c.hour < 1 || c.hour > 12 {
			return false
		}
		if c.hour %= 12; afternoon {
			c.hour += 12
		}
	}
	return s.zone(c)
}

// clock takes hours, minutes, and, if they are there, seconds and their fraction.
func (s *scanner) clock(c *civil) bool {
	var digits int
	if c.hour, digits = s.number(); digits == 0 || !s.take(':') {
		return false
	}
	if c.minute, digits = s.number(); digits == 0 {
		return false
	}
	if !s.take(':') {
		return true
	}
	if c.second, digits = s.number(); digits == 0 {
		return false
	}
	if s.take('.') || s.take(',') {
		return s.fraction(c)
	}
	return true
}

// fraction takes the digits of a fraction of a second, of which three count.
func (s *scanner) fraction(c *civil) bool {
	n, digits := s.number()
	if digits == 0 {
		return false
	}
	c.ms = scale(n, digits, 3)
	return true
}

// scale turns a number of that many digits into one of the wanted number of digits.
func scale(n, digits, wanted int) int64 {
	for ; digits < wanted; digits++ {
		n *= 10
	}
	for ; digits > wanted; digits-- {
		n /= 10
	}
	return int64(n)
}

// zone takes Z, UTC, GMT, an offset, or nothing.
func (s *scanner) zone(c *civil) bool {
	s.blanks()
	switch {
	case len(s.rest) == 0:
		return true
	case s.take('Z') || s.take('z'):
		c.zoned = true
		return true
	case hasPrefixFold(s.rest, "utc"), hasPrefixFold(s.rest, "gmt"):
		s.rest = s.rest[3:]
		c.zoned = true
		return true
	}
	sign := int64(1)
	if s.take('-') {
		sign = -1
	} else if !s.take('+') {
		return false
	}
	hours, digits := s.number()
	minutes := 0
	switch {
	case digits == 9 && s.take('Z'):
		c.ms, c.zoned = int64(hours/1e6), true
		return true
	case digits == 4:
		hours, minutes = hours/100, hours%100
	case digits <= 2 && digits > 0 && s.take(':'):
		minutes, digits = s.number()
	}
	c.zoned = true
	c.offset = sign * int64(hours*60+minutes) * 60_000
	return digits > 0 && digits <= 4 && hours < 24 && minutes < 60
}

// epoch takes a number since 1970.
func (s scanner) epoch() (c civil, ok bool) {
	n, digits := s.number()
	if digits < 9 {
		return c, false
	}
	c = civil{year: 1970, month: 1, day: 1, zoned: true}
	switch {
	case digits <= 11:
		c.offset = -int64(n) * 1000
		if s.take('.') && !s.fraction(&c) {
			return c, false
		}
	case digits <= 14:
		c.offset = -int64(n)
	case digits <= 17:
		c.offset = -int64(n / 1000)
	default:
		c.offset = -int64(n / 1_000_000)
	}
	s.blanks()
	return c, len(s.rest) == 0
}
