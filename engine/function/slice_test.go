package function

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestSliceStart(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const hour = 60 * 60 * 1000
	for _, c := range []struct {
		at    string
		width int64
		zone  *time.Location
		want  string
	}{
		{"2024-05-06T07:08:09.123Z", 5 * 60 * 1000, nil, "2024-05-06T07:05:00Z"},
		{"2024-05-06T07:05:00Z", 5 * 60 * 1000, time.UTC, "2024-05-06T07:05:00Z"},
		{"2024-05-06T07:04:59.999Z", 5 * 60 * 1000, nil, "2024-05-06T07:00:00Z"},
		{"2024-05-06T07:08:09Z", day, nil, "2024-05-06T00:00:00Z"},
		{"2024-05-06T07:08:09Z", 7 * day, nil, "2024-05-02T00:00:00Z"},
		{"1969-12-31T23:59:59Z", hour, nil, "1969-12-31T23:00:00Z"},
		{"2024-05-06T22:08:09Z", day, berlin, "2024-05-06T22:00:00Z"},
		{"2024-05-06T21:59:59Z", day, berlin, "2024-05-05T22:00:00Z"},
		{"2024-03-31T15:00:00Z", day, berlin, "2024-03-30T23:00:00Z"}, // the clocks went forward that day
		{"2024-03-31T15:00:00Z", 6 * hour, berlin, "2024-03-31T11:00:00Z"},
		{"2024-05-06T07:08:09Z", 6 * hour, berlin, "2024-05-06T04:00:00Z"},
		{"2024-05-06T07:08:09Z", 7 * hour, berlin, "2024-05-06T02:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339Nano, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := time.UnixMilli(SliceStart(at.UnixMilli(), c.width, c.zone)).UTC().Format(time.RFC3339Nano); got != c.want {
			t.Errorf("%s in slices of %v in %v: %s, want %s", c.at, time.Duration(c.width)*time.Millisecond, c.zone, got, c.want)
		}
	}
}

func TestNextSlice(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const hour = 60 * 60 * 1000
	for _, width := range []int64{hour / 4, hour, 6 * hour, 7 * hour, day, 7 * day} {
		for _, zone := range []*time.Location{nil, berlin} {
			start := SliceStart(1711700000000, width, zone) // two days before the clocks go forward
			for range 8 * day / hour * 4 {
				next := NextSlice(start, width, zone)
				if next <= start || SliceStart(next, width, zone) != next || SliceStart(next-1, width, zone) != start {
					t.Fatalf("behind %d comes %d in slices of %d in %v", start, next, width, zone)
				}
				start = next
			}
		}
	}
}

func TestBucketWidth(t *testing.T) {
	for _, c := range []struct {
		span  int64
		n     int
		width int64
	}{
		{0, 60, second},
		{60 * second, 60, second},
		{60*second + 1, 60, 2 * second},
		{hour, 60, minute},
		{hour, 1, hour},
		{hour + 1, 1, 2 * hour},
		{15 * minute, 60, 15 * second},
		{day, 60, 30 * minute},
		{30 * day, 60, 12 * hour},
		{365 * day, 60, sevenDays},
		{700 * day, 60, 2 * sevenDays},
	} {
		if got := BucketWidth(c.span, c.n); got != c.width {
			t.Errorf("%d in %d: %d, want %d", c.span, c.n, got, c.width)
		}
	}
}
