package function

import (
	"errors"
	"math"
	"time"

	"retrohunt/engine/value"
)

var times = []Function{
	{Name: "formatdate", Call: formatDate, Bind: bindFormatDate, Drops: true, Clocked: true},
	{Name: "frommillis", Call: toLong},
	{Name: "fromseconds", Call: fromSeconds},
	{Name: "now", Call: ofClock(func(c *Clock) time.Time { return c.Now }), Clocked: true},
	{Name: "parsedate", Call: parseDate, Bind: bindParseDate, Drops: true, Clocked: true},
	{Name: "queryendtime", Call: ofClock(func(c *Clock) time.Time { return c.To }), Clocked: true},
	{Name: "querystarttime", Call: ofClock(func(c *Clock) time.Time { return c.From }), Clocked: true},
	{Name: "querytimerange", Call: queryTimeRange, Clocked: true},
	{Name: "tomillis", Call: toLong},
}

// ofClock makes the function of a time of the run, in milliseconds; null if the run has none such.
func ofClock(which func(*Clock) time.Time) Call {
	return func(c *Context, _ []value.Value) (value.Value, error) {
		t := which(&c.Clock)
		if t.IsZero() {
			return value.Value{}, nil
		}
		return value.OfLong(t.UnixMilli()), nil
	}
}

func queryTimeRange(c *Context, _ []value.Value) (value.Value, error) {
	if c.From.IsZero() || c.To.IsZero() {
		return value.Value{}, nil
	}
	return value.OfLong(c.To.UnixMilli() - c.From.UnixMilli()), nil
}

// fromSeconds: dates are milliseconds here; null if the argument does not cast.
func fromSeconds(_ *Context, args []value.Value) (value.Value, error) {
	return longOrNull(value.Arith(value.Mul, args[0], value.OfLong(1000))), nil
}

var (
	errNoLong = errors.New("the time is text or a double; write toLong(…)")
	errTime   = errors.New("the time is more than 100,000 years from 1970")
)

// mostMillis is 100,000 years, beyond which package time does not reckon.
const mostMillis = 100_000 * 366 * 24 * 3600 * 1000

// usDate is the pattern of formatDate without one: a "US-style date" (S/formatdate).
const usDate = "MM/dd/yyyy"

// formatDate takes milliseconds as a long, and nothing else (S/formatdate); null stays null.
func formatDate(c *Context, args []value.Value) (value.Value, error) {
	pattern := usDate
	if len(args) > 1 {
		if args[1].IsNull() {
			return value.Value{}, errDatePattern
		}
		pattern = c.text(args[1])
	}
	p, err := compileDate(pattern)
	if err != nil {
		return value.Value{}, err
	}
	return formattedDate(c, p, args)
}

func bindFormatDate(args []Arg) (Call, error) {
	pattern := Arg{value.OfString(usDate), true}
	if len(args) > 1 {
		pattern = args[1]
	}
	p, err := bindDate(pattern, args, func(datePattern) error { return nil })
	if p == nil {
		return formatDate, err
	}
	return func(c *Context, args []value.Value) (value.Value, error) { return formattedDate(c, p, args) }, nil
}

// bindDate reads a known pattern, and checks a known zone. It returns nil for a pattern that is not known.
func bindDate(pattern Arg, args []Arg, check func(datePattern) error) (datePattern, error) {
	if len(args) == 3 && args[2].Known {
		if _, err := loadZone(args[2].Value.Text()); err != nil {
			return nil, badArg(2, `for example: "America/New_York"`, "there is no time zone %s", args[2].Value.Text())
		}
	}
	if !pattern.Known {
		return nil, nil
	}
	p, err := compileDate(pattern.Value.Text())
	if err == nil {
		err = check(p)
	}
	if err != nil {
		return nil, badArg(1, `for example: "yyyy-MM-dd'T'HH:mm:ss"`, "%v", err)
	}
	return p, nil
}

func formattedDate(c *Context, p datePattern, args []value.Value) (value.Value, error) {
	if args[0].IsNull() {
		return value.Value{}, nil
	}
	if args[0].Kind() != value.Long {
		return value.Value{}, errNoLong
	}
	if n := args[0].Long(); n > mostMillis || n < -mostMillis {
		return value.Value{}, errTime
	}
	zone, err := zoneArg(c, args)
	if err != nil {
		return value.Value{}, err
	}
	return c.made(p.format(c.start(), time.UnixMilli(args[0].Long()).In(zone))), nil
}

// zoneArg returns the zone that the third argument names, else that of the run.
func zoneArg(c *Context, args []value.Value) (*time.Location, error) {
	if len(args) < 3 || args[2].IsNull() {
		return c.zone(), nil
	}
	return c.namedZone(args[2].Text())
}

// parseDate is null for a text that does not match at its start.
func parseDate(c *Context, args []value.Value) (value.Value, error) {
	if args[1].IsNull() {
		return value.Value{}, errDatePattern
	}
	p, err := compileDate(c.text(args[1]))
	if err == nil && !p.parses() {
		err = errDateParse
	}
	if err != nil {
		return value.Value{}, err
	}
	return parsedDate(c, p, args)
}

func bindParseDate(args []Arg) (Call, error) {
	p, err := bindDate(args[1], args, func(p datePattern) error {
		if !p.parses() {
			return errDateParse
		}
		return nil
	})
	if p == nil {
		return parseDate, err
	}
	return func(c *Context, args []value.Value) (value.Value, error) { return parsedDate(c, p, args) }, nil
}

func parsedDate(c *Context, p datePattern, args []value.Value) (value.Value, error) {
	zone, err := zoneArg(c, args)
	if err != nil || args[0].IsNull() {
		return value.Value{}, err
	}
	ms, ok := p.parse(c.text(args[0]), zone, c.Now)
	if !ok || math.Abs(float64(ms)) > mostMillis {
		return value.Value{}, nil
	}
	return value.OfLong(ms), nil
}
