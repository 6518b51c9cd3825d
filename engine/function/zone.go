package function

import (
	"errors"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that zones have names on every machine
)

var errZone = errors.New("the time zone is unknown")

// mostZones is how many names a Context remembers: names can come from events.
const mostZones = 100

// namedZone returns a zone by its name, and remembers it.
func (c *Context) namedZone(name string) (*time.Location, error) {
	zone, known := c.zones[name]
	if !known {
		zone, _ = loadZone(name)
		if c.zones == nil || len(c.zones) >= mostZones {
			c.zones = map[string]*time.Location{}
		}
		c.zones[strings.Clone(name)] = zone
	}
	if zone == nil {
		return nil, errZone
	}
	return zone, nil
}

// javaZones are the short names of Java that the tz database does not have.
var javaZones = map[string]string{
	"PST": "America/Los_Angeles", "CST": "America/Chicago", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo",
}

// loadZone takes the names of the tz database in any case ("etc/utc" is the example of P/parsedate), some short names of
// Java, and GMT or UTC with an offset.
func loadZone(name string) (*time.Location, error) {
	if long, ok := javaZones[strings.ToUpper(name)]; ok {
		name = long
	}
	upper := strings.ToUpper(name)
	if offset, ok := strings.CutPrefix(strings.TrimPrefix(upper, "UTC"), "GMT"); offset != upper || ok {
		if seconds, ok := parseOffset(offset); ok {
			return time.FixedZone(upper, seconds), nil
		}
	}
	if name == "" || strings.EqualFold(name, "local") {
		return nil, errZone // to Go these are zones, and the second depends on the machine
	}
	titled := titleCase(name)
	for _, try := range []string{name, titled, upper, titled[:strings.LastIndexByte(titled, '/')+1] + lastPart(upper)} {
		if zone, err := time.LoadLocation(try); err == nil {
			return zone, nil
		}
	}
	return nil, errZone
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// titleCase writes each word with a capital: America/New_York.
func titleCase(name string) string {
	b := []byte(strings.ToLower(name))
	for i, c := range b {
		if (i == 0 || strings.IndexByte("/_-", b[i-1]) >= 0) && c-'a' < 26 {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// parseOffset reads +8, -08, +0800 or +08:00 to its end as seconds.
func parseOffset(s string) (seconds int, ok bool) {
	seconds, rest, ok := cutOffset(s)
	return seconds, ok && rest == ""
}

// cutOffset cuts a sign, hours and, with or without a colon, minutes from the start of s.
func cutOffset(s string) (seconds int, rest string, ok bool) {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, s, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	digits, rest := s[1:], ""
	if n := len(digits) - len(strings.TrimLeft(digits, "0123456789")); n < len(digits) {
		digits, rest = digits[:n], digits[n:]
	}
	minutes := 0
	switch len(digits) {
	case 1, 2:
		if len(rest) >= 3 && rest[0] == ':' && rest[1]-'0' <= 5 && rest[2]-'0' <= 9 {
			minutes, rest = int(rest[1]-'0')*10+int(rest[2]-'0'), rest[3:]
		}
	case 3, 4:
		minutes, _ = strconv.Atoi(digits[len(digits)-2:])
		digits = digits[:len(digits)-2]
	default:
		return 0, s, false
	}
	hours, _ := strconv.Atoi(digits)
	if hours > 23 || minutes > 59 {
		return 0, s, false
	}
	return sign * (hours*3600 + minutes*60), rest, true
}
