package mapping

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParseTime(t *testing.T) {
	const utc, berlin, newYork, kathmandu = "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"
	cases := []struct{ name, text, zone, want string }{
		// What exports hold.
		{"CloudTrail", "2023-07-10T12:23:15Z", berlin, "2023-07-10T12:23:15Z"},
		{"Azure, seven digits", "2025-01-15T14:23:10.1234567Z", berlin, "2025-01-15T14:23:10.123Z"},
		{"createdDateTime", "2022-06-03T08:54:58.1138214+00:00", berlin, "2022-06-03T08:54:58.113Z"},
		{"Log Analytics, no fraction", "2021-08-02T13:09:20Z", utc, "2021-08-02T13:09:20Z"},
		{"one digit", "2022-05-11T18:10:20.4Z", utc, "2022-05-11T18:10:20.4Z"},
		{"two digits", "2021-08-02T13:09:20.04Z", utc, "2021-08-02T13:09:20.04Z"},
		{"nine digits", "2022-05-11T18:10:20.399931000Z", utc, "2022-05-11T18:10:20.399Z"},
		{"nine digits, no zone, a blank", "2023-07-26 22:58:30.983201900", utc, "2023-07-26T22:58:30.983Z"},
		{"NXLog, local", "2020-08-05 03:48:29", newYork, "2020-08-05T07:48:29Z"},
		{"Sysmon's UtcTime", "2020-08-05 07:48:29.139", utc, "2020-08-05T07:48:29.139Z"},
		{"lookup-events", "2022-02-08 09:23:37+11:00", utc, "2022-02-07T22:23:37Z"},
		{"lookup-events, negative", "2019-10-24T14:09:43-07:00", berlin, "2019-10-24T21:09:43Z"},
		{"lookup-events, epoch", "1571956406.0", berlin, "2019-10-24T22:33:26Z"},
		{"Velociraptor", "1549462715.946133", berlin, "2019-02-06T14:18:35.946Z"},
		{"Sumo's Windows JSON", "2020-10-12T07:31:14+000039800Z", berlin, "2020-10-12T07:31:14Z"},
		{"the same with milliseconds", "2020-10-12T07:31:14+120039800Z", utc, "2020-10-12T07:31:14.12Z"},
		{"SDK", "2022-02-09 03:00:25.123456+00:00", utc, "2022-02-09T03:00:25.123Z"},
		{"Splunk's first line", "08/05/2020 03:48:29 PM", newYork, "2020-08-05T19:48:29Z"},

		// What elastic met in Azure's.
		{"US", "02/08/2008 08:52:10", utc, "2008-02-08T08:52:10Z"},
		{"US, short", "2/8/2008 08:52:10", utc, "2008-02-08T08:52:10Z"},
		{"US, AM", "02/08/2008 08:52:10 AM", utc, "2008-02-08T08:52:10Z"},
		{"US, short, AM", "2/8/2008 8:52:10 AM", utc, "2008-02-08T08:52:10Z"},
		{"US, PM", "2/8/2008 8:52:10 pm", utc, "2008-02-08T20:52:10Z"},
		{"US, zone behind AM", "2/8/2008 9:52:10 AM +01:00", berlin, "2008-02-08T08:52:10Z"},
		{"US, noon", "2/8/2008 12:00:00 PM", utc, "2008-02-08T12:00:00Z"},
		{"US, midnight", "2/8/2008 12:00:00 AM", utc, "2008-02-08T00:00:00Z"},
		{"ISO without zone", "2008-02-08T08:52:10", kathmandu, "2008-02-08T03:07:10Z"},
		{"ISO, two hours", "2008-02-08T10:52:10+02:00", utc, "2008-02-08T08:52:10Z"},

		// Zones.
		{"offset without a colon", "2008-02-08T10:52:10+0200", utc, "2008-02-08T08:52:10Z"},
		{"offset of hours only", "2008-02-08T10:52:10-02", utc, "2008-02-08T12:52:10Z"},
		{"half an hour", "2008-02-08T10:52:10-03:30", utc, "2008-02-08T14:22:10Z"},
		{"UTC as a word", "2008-02-08 10:52:10 UTC", berlin, "2008-02-08T10:52:10Z"},
		{"lower-case letters", "2008-02-08t10:52:10z", berlin, "2008-02-08T10:52:10Z"},
		{"blanks around", "  2008-02-08T10:52:10Z ", berlin, "2008-02-08T10:52:10Z"},
		{"winter time", "2024-01-15 12:00:00", berlin, "2024-01-15T11:00:00Z"},
		{"summer time", "2024-07-15 12:00:00", berlin, "2024-07-15T10:00:00Z"},
		{"in the gap of spring: as if winter went on", "2024-03-31 02:30:00", berlin, "2024-03-31T01:30:00Z"},
		{"twice in autumn: in winter time", "2024-10-27 02:30:00", berlin, "2024-10-27T01:30:00Z"},

		// Edges.
		{"a leap second is the next second", "2016-12-31T23:59:60Z", utc, "2017-01-01T00:00:00Z"},
		{"hour 24 is the next day", "2016-12-31T24:00:00Z", utc, "2017-01-01T00:00:00Z"},
		{"a leap day", "2024-02-29T00:00:00Z", utc, "2024-02-29T00:00:00Z"},
		{"no seconds", "2024-02-29 07:05", utc, "2024-02-29T07:05:00Z"},
		{"a date alone", "2024-02-29", newYork, "2024-02-29T05:00:00Z"},
		{"a comma before the fraction", "2024-02-29 07:05:06,789", utc, "2024-02-29T07:05:06.789Z"},
		{"before 1970", "1969-12-31T23:59:59.5Z", utc, "1969-12-31T23:59:59.5Z"},
		{"FILETIME's zero", "1601-01-01T00:00:00Z", utc, "1601-01-01T00:00:00Z"},
		{".NET's zero", "0001-01-01T00:00:00Z", utc, "0001-01-01T00:00:00Z"},
		{"the last year", "9999-12-31T23:59:59.9999999Z", utc, "9999-12-31T23:59:59.999Z"},
		{"seconds", "1700000000", berlin, "2023-11-14T22:13:20Z"},
		{"seconds before 2001", "946684800", berlin, "2000-01-01T00:00:00Z"},
		{"milliseconds", "1700000000123", berlin, "2023-11-14T22:13:20.123Z"},
		{"microseconds", "1700000000123456", berlin, "2023-11-14T22:13:20.123Z"},
		{"nanoseconds", "1700000000123456789", berlin, "2023-11-14T22:13:20.123Z"},

		// No times.
		{"nothing", "", utc, ""},
		{"a word", "yesterday", utc, ""},
		{"a small number", "13", utc, ""},
		{"an exponent", "1.571956406E9", utc, ""},
		{"a negative number", "-1700000000", utc, ""},
		{"twenty digits", "17000000001234567890", utc, ""},
		{"month 13", "2024-13-01T00:00:00Z", utc, ""},
		{"day 0", "2024-01-00T00:00:00Z", utc, ""},
		{"a day that the month has not", "2023-02-29T00:00:00Z", utc, ""},
		{"April 31", "4/31/2023 1:00:00 AM", utc, ""},
		{"hour 25", "2024-01-01T25:00:00Z", utc, ""},
		{"behind hour 24", "2024-01-01T24:00:01Z", utc, ""},
		{"minute 60", "2024-01-01T00:60:00Z", utc, ""},
		{"hour 13 PM", "1/1/2024 13:00:00 PM", utc, ""},
		{"no fraction behind the dot", "2024-01-01T00:00:00.Z", utc, ""},
		{"an offset of 25 hours", "2024-01-01T00:00:00+25:00", utc, ""},
		{"an offset of 99 minutes", "2024-01-01T00:00:00+01:99", utc, ""},
		{"words behind", "2024-01-01T00:00:00Z and more", utc, ""},
		{"day first", "31/12/2024 10:00:00", utc, ""},
		{"an address", "192.0.2.1", utc, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, z := []byte(c.text), zone(t, c.zone)
			got := ""
			if ms, ok := ParseTime(text, z); ok {
				got = time.UnixMilli(ms).UTC().Format(time.RFC3339Nano)
			}
			if got != c.want {
				t.Errorf("%q in %s is %q, want %q", c.text, c.zone, got, c.want)
			}
			if n := testing.AllocsPerRun(10, func() { ParseTime(text, z) }); n != 0 {
				t.Errorf("%v allocations", n)
			}
		})
	}
}
