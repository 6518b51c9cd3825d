package function_test

import (
	"testing"

	"retrohunt/engine/function"
)

func TestClock(t *testing.T) {
	check(t, []example{
		{`now()`, `1500534030000`},
		{`queryStartTime()`, `1500000000000`},
		{`queryEndTime()`, `1500000900000`},
		{`queryTimeRange()`, `900000`},
		{`toMillis(now())`, `1500534030000`},
		{`fromMillis(ms)`, `1500534030000`},
		{`fromMillis("1500534030000.7")`, `1500534030000`},
		{`fromMillis(missing)`, `null`},
		{`fromSeconds("1500534030")`, `1500534030000`},
		{`fromSeconds(1500534030.5)`, `1500534030500`},
		{`fromSeconds("x")`, `null`},
		{`toMillis(parseDate("2017-07-20", "yyyy-MM-dd"))`, `1500508800000`},
	})
}

// TestNoRange: a run without a time range knows none.
func TestNoRange(t *testing.T) {
	for _, name := range []string{"queryStartTime", "queryEndTime", "queryTimeRange"} {
		f, _ := function.Find(name)
		if v, err := f.Call(&function.Context{}, nil); err != nil || !v.IsNull() {
			t.Errorf("%s() is %s, %v", name, show(v), err)
		}
	}
}

func TestFormatDate(t *testing.T) {
	check(t, []example{
		{`formatDate(now(), "yyyy-MM-dd")`, `"2017-07-20"`},
		{`formatDate(now(), "dd-MM-yyyy")`, `"20-07-2017"`},
		{`formatDate(now(), "MM-dd-yyyy HH:mm", "America/New_York")`, `"07-20-2017 03:00"`},
		{`formatDate(now(), "MM/dd/yyyy HH:mm:ss:SSS")`, `"07/20/2017 07:00:30:000"`},
		{`formatDate(1500534030007, "yyyy-MM-dd HH:mm:ss,SSS")`, `"2017-07-20 07:00:30,007"`},
		{`formatDate(now(), "EEE")`, `"Thu"`},
		{`formatDate(now())`, `"07/20/2017"`},
		{`formatDate(now(), "yyyy-MM-dd'T'HH:mm:ss'Z'")`, `"2017-07-20T07:00:30Z"`},
		{`formatDate(fromMillis(ms), "MM-dd-yyyy HH:mm:ss", "UTC")`, `"07-20-2017 07:00:30"`},
		{`formatDate(fromSeconds(1500534030), "MM/dd/yyyy HH:mm:ss.SSS Z", "Asia/Kolkata")`, `"07/20/2017 12:30:30.000 +0530"`},
		{`formatDate(toLong(ms), "MMM/dd/yyyy")`, `"Jul/20/2017"`},
		{`formatDate(now(), pattern, zone)`, `"2017"`},
		{`formatDate(now(), "HH z", zone)`, `"16 JST"`},
		{`formatDate(now(), "HH", "etc/utc")`, `"07"`},
		{`formatDate(now(), "HH", missing)`, `"07"`},
		{`formatDate(now(), "HH", name)`, `drop: the time zone is unknown`},
		{`formatDate(now(), missing)`, `drop: the pattern is null`},
		{`formatDate(ms, "yyyy")`, `drop: the time is text or a double; write toLong(…)`}, // "a string argument is an error"
		{`formatDate(now() / 1, "yyyy")`, `drop: the time is text or a double; write toLong(…)`},
		{`formatDate(toLong(missing), "yyyy")`, `null`},
		{`formatDate(9223372036854775807, "yyyy")`, `drop: the time is more than 100,000 years from 1970`},
		{`formatDate(now(), concat("b", "b"))`, `drop: the pattern has a letter that stands for nothing; quote texts: 'T'`},
	})
}

// TestPatterns: the letters of SimpleDateFormat, with the examples of its documentation.
func TestPatterns(t *testing.T) {
	const java = `, "America/Los_Angeles")` // 2001-07-04 12:08:56.235 there
	check(t, []example{
		{`formatDate(994273736235, "yyyy.MM.dd G 'at' HH:mm:ss z"` + java, `"2001.07.04 AD at 12:08:56 PDT"`},
		{`formatDate(994273736235, "EEE, MMM d, ''yy"` + java, `"Wed, Jul 4, '01"`},
		{`formatDate(994273736235, "h:mm a"` + java, `"12:08 PM"`},
		{`formatDate(994273736235, "hh 'o''clock' a"` + java, `"12 o'clock PM"`},
		{`formatDate(994273736235, "K:mm a, z"` + java, `"0:08 PM, PDT"`},
		{`formatDate(994273736235, "yyyyy.MMMMM.dd GGG hh:mm aaa"` + java, `"02001.July.04 AD 12:08 PM"`},
		{`formatDate(994273736235, "EEE, d MMM yyyy HH:mm:ss Z"` + java, `"Wed, 4 Jul 2001 12:08:56 -0700"`},
		{`formatDate(994273736235, "yyMMddHHmmssZ"` + java, `"010704120856-0700"`},
		{`formatDate(994273736235, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"` + java, `"2001-07-04T12:08:56.235-07:00"`},
		{`formatDate(994273736235, "YYYY-'W'ww-u"` + java, `"2001-W27-3"`},
		{`formatDate(994273736235, "EEEE D F W k"` + java, `"Wednesday 185 1 1 12"`},
		{`formatDate(0, "h K k H S")`, `"12 0 24 0 0"`},
		{`formatDate(0, "X XX XXX Z z")`, `"Z Z Z +0000 UTC"`},
		{`formatDate(0, "X XX XXX z", "GMT+5:30")`, `"+05 +0530 +05:30 GMT+5:30"`},
		{`formatDate(0, "z", "America/Sao_Paulo")`, `"GMT-03:00"`},
		{`formatDate(1230768000000, "YYYY ww w W")`, `"2009 01 1 1"`}, // 2009-01-01, a Thursday
		{`formatDate(1230681600000, "YYYY ww yyyy W")`, `"2009 01 2008 5"`},
		{`formatDate(1483228800000, "YYY w MM")`, `"2017 1 01"`}, // 2017-01-01, a Sunday
		{`formatDate(1483142400000, "Y w")`, `"2016 53"`},
		{`formatDate(-62167219200000, "yyyy G")`, `"0001 BC"`},
		{`formatDate(0, "")`, `""`},
	})
}

func TestParseDate(t *testing.T) {
	check(t, []example{
		{`parseDate("2019-11-18T19:00:00.000-08:00", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")`, `1574132400000`},
		{`parseDate("20170720000030", "yyyyMMddHHmmss")`, `1500508830000`},
		{`parseDate("20170720000030.000000-000", "yyyyMMddHHmmss", "etc/utc")`, `1500508830000`},
		{`parseDate("20170720000030", "yyyyMMddHHmmss", "America/Los_Angeles")`, `1500534030000`}, // as the documentation has it
		{`parseDate("3/4/2005 other", "MM/dd/yyyy")`, `1109894400000`},
		{`parseDate("other 3/4/2005", "MM/dd/yyyy")`, `null`},
		{`parseDate("10/31/2023 02:03:04 PM", "MM/dd/yyyy hh:mm:ss a")`, `1698760984000`},
		{`parseDate("10/31/2023 14:03:04 PM", "MM/dd/yyyy HH:mm:ss a")`, `1698760984000`},
		{`parseDate("10/31/2023 12:03:04 am", "MM/dd/yyyy hh:mm:ss a")`, `1698710584000`},
		{`parseDate(concat("2017-07-20", "00:00:30"), "yyyy-MM-ddHH:mm:ss")`, `1500508830000`},
		{`parseDate("2017-07-20T00:00:30Z", "yyyy-MM-dd'T'HH:mm:ss'Z'")`, `1500508830000`},
		{`parseDate("2017-07-20T00:00:30.123456Z", "yyyy-MM-dd'T'HH:mm:ss.SSS")`, `1500508953456`}, // as in Java: 123,456 ms
		{`parseDate("19/Apr/2023:06:36:15 -0700", "dd/MMM/yyyy:HH:mm:ss ZZZZ")`, `1681911375000`},
		{`parseDate("2024 Mar 03 05:12:41.211 PDT", "yyyy MMM dd HH:mm:ss.SSS zzz")`, `1709467961211`},
		{`parseDate("Dec 2, 2023 2:39:58 AM", "MMM dd, yyyy hh:mm:ss a")`, `1701484798000`},
		{`parseDate("december 2 2023", "MMM d yyyy")`, `1701475200000`},
		{`parseDate("Wed, 4 Jul 2001 12:08:56 -0700", "EEE, d MMM yyyy HH:mm:ss Z")`, `994273736000`},
		{`parseDate("2001-07-04 GMT+02:00", "yyyy-MM-dd z")`, `994197600000`},
		{`parseDate("2001-07-04 LMT", "yyyy-MM-dd z")`, `null`},
		{`parseDate("220423", "yyMMdd")`, `1650672000000`},
		{`parseDate("990423", "yyMMdd")`, `924825600000`},
		{`parseDate("2023-13-32", "yyyy-MM-dd")`, `1706745600000`}, // lenient: 2024-02-01
		{`parseDate("2023 060", "yyyy DDD")`, `1677628800000`},
		{`parseDate("24:30", "kk:mm")`, `1800000`},
		{`parseDate("11 PM", "K a")`, `82800000`},
		{`parseDate("0044 BC", "yyyy G")`, `-63524131200000`},
		{`parseDate("  7", "d")`, `518400000`},
		{`parseDate("2023-03-12 02:30", "yyyy-MM-dd HH:mm", "America/New_York")`, `1678606200000`}, // an hour that is left out
		{`parseDate("2023-11-05 01:30", "yyyy-MM-dd HH:mm", "America/New_York")`, `1699165800000`}, // an hour that comes twice
		{`parseDate("2017", pattern, zone)`, `1483196400000`},
		{`parseDate("", "yyyy")`, `null`},
		{`parseDate("20x7", "yyyy-MM")`, `null`},
		{`parseDate(missing, "yyyy")`, `null`},
		{`parseDate("2017", missing)`, `drop: the pattern is null`},
		{`parseDate("2017", "yyyy", name)`, `drop: the time zone is unknown`},
		{`parseDate("2017", concat("YY", "YY"))`, `drop: weeks and week years in a pattern are not read; write y for Y, d for F`},
	})
}

func TestZones(t *testing.T) {
	check(t, []example{
		{`formatDate(0, "HH:mm", "america/new_york")`, `"19:00"`},
		{`formatDate(0, "HH:mm", "Europe/London")`, `"01:00"`},
		{`formatDate(0, "HH:mm", "etc/UTC")`, `"00:00"`},
		{`formatDate(0, "HH:mm", "gmt")`, `"00:00"`},
		{`formatDate(0, "HH:mm", "PST")`, `"16:00"`},
		{`formatDate(0, "HH:mm", "est")`, `"19:00"`},
		{`formatDate(0, "HH:mm", "GMT-8")`, `"16:00"`},
		{`formatDate(0, "HH:mm", "UTC+01:30")`, `"01:30"`},
		{`formatDate(0, "HH:mm", concat("GMT+", "99"))`, `drop: the time zone is unknown`},
		{`formatDate(0, "HH:mm", concat("Lo", "cal"))`, `drop: the time zone is unknown`},
		{`formatDate(0, "HH:mm", concat("", ""))`, `drop: the time zone is unknown`},
	})
}
