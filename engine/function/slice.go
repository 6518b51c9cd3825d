package function

import "time"

const day = 24 * 60 * 60 * 1000 // milliseconds

// SliceStart returns the start of the slice of time that a moment lies in; all are milliseconds. Slices of whole days begin
// at midnights of the zone and are counted from 1970-01-01; those that divide a day are counted from its midnight; any
// other width is counted from the start of 1970 in UTC. A nil zone is UTC.
func SliceStart(ms, width int64, zone *time.Location) int64 {
	if zone == nil || zone == time.UTC {
		return floor(ms, width)
	}
	at := time.UnixMilli(ms).In(zone)
	switch {
	case width%day == 0:
		_, offset := at.Zone()
		y, m, d := time.UnixMilli(floor(ms+int64(offset)*1000, width)).UTC().Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone).UnixMilli()
	case day%width == 0:
		y, m, d := at.Date()
		midnight := time.Date(y, m, d, 0, 0, 0, 0, zone).UnixMilli()
		return midnight + floor(ms-midnight, width)
	}
	return floor(ms, width)
}

// floor returns the greatest multiple of width that is not above n, the least that there is if it is beyond a long.
func floor(n, width int64) int64 {
	rest := n % width
	if rest < 0 {
		rest += width
	}
	return n - rest
}

// NextSlice returns the start of the slice behind the one that starts at a moment.
func NextSlice(start, width int64, zone *time.Location) int64 {
	next := start + width
	if width%day == 0 {
		next += day / 4 // a day may have an hour less; then this is still within the slice
	}
	return SliceStart(next, width, zone)
}

const (
	second    = 1000 // milliseconds
	minute    = 60 * second
	hour      = 60 * minute
	sevenDays = 7 * day
)

// bucketWidths are the widths of slices that BucketWidth chooses from, in milliseconds.
var bucketWidths = []int64{
	second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
	minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
	hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 8 * hour, 12 * hour, day, 2 * day, sevenDays,
}

// BucketWidth returns the least width of slices, in milliseconds and one that people use, of which n are as long as a span or
// longer. Beyond a week it is a whole number of weeks.
func BucketWidth(span int64, n int) int64 {
	for _, w := range bucketWidths {
		if span/w < int64(n) || span/w == int64(n) && span%w == 0 {
			return w
		}
	}
	return ((span-1)/(int64(n)*sevenDays) + 1) * sevenDays
}
