package lookup

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/value"
)

// Indicators are addresses, domains, hashes and the like that are known to be bad, from a user's files: CSV or JSON lines with a
// column indicator and any of type, actors, confidence, raw, threat_type, source, id, kill_chain, valid_from, valid_until,
// updated, imported and fields. Indicators compare without case. Confidence is 0 to 100, or high, medium, low or unverified.
type Indicators struct {
	name string
	by   map[string][]*indicator // by the folded indicator, the best first
}

// indicator has a value for each of indicatorColumns.
type indicator struct{ values []value.Value }

// keyThreat is the key of Indicators in sumo://threat/….
const keyThreat = "threat"

// indicatorColumns are the columns of both lookups (S/threatip, S/threatlookup, and queries that ask sumo://threat), and the names
// that files have for them.
var indicatorColumns = []struct {
	name string
	from []string
}{
	{"indicator", []string{"indicator", "threat", "ioc", "value"}},
	{"type", []string{"type", "ioc_type", "indicator_type"}},
	{"actors", []string{"actors", "actor"}},
	{"confidence", []string{"confidence", "malicious_confidence", "threatlevel", "threat_level"}},
	{"raw", []string{"raw", "raw_threat"}},
	{"threat_type", []string{"threat_type", "threat_types", "threattype"}},
	{"source", []string{"source"}},
	{"id", []string{"id"}},
	{"kill_chain", []string{"kill_chain", "killchain", "kill_chains"}},
	{"valid_from", []string{"valid_from", "validfrom", "published_date"}},
	{"valid_until", []string{"valid_until", "validuntil"}},
	{"updated", []string{"updated", "last_updated"}},
	{"imported", []string{"imported"}},
	{"fields", []string{"fields"}},
	{"threatlevel", nil}, // high, medium, low or unverified
}

// The places of the columns with a meaning here.
const (
	colIndicator, colConfidence, colSource, colFrom, colUntil, colUpdated, colImported, colLevel = 0, 3, 6, 9, 10, 11, 12, 14
)

// alias are other names of columns: those of sumo://threat and threatip.
var alias = map[string]string{
	keyThreat: "indicator", "actor": "actors", "malicious_confidence": "threatlevel", "raw_threat": "raw",
}

// OpenIndicators reads files of indicators. Its error says the file and the line.
func OpenIndicators(paths ...string) (*Indicators, error) {
	in := &Indicators{strings.Join(paths, ", "), map[string][]*indicator{}}
	for _, path := range paths {
		t, err := OpenTable(path, AnyCase)
		if err != nil {
			return nil, err
		}
		if err := in.add(t); err != nil {
			return nil, err
		}
	}
	for _, list := range in.by {
		slices.SortStableFunc(list, better)
	}
	return in, nil
}

// add takes over the rows of a table.
func (in *Indicators) add(t *Table) error {
	from := make([]int, len(indicatorColumns))
	for i, c := range indicatorColumns {
		from[i] = slices.IndexFunc(t.columns, func(name string) bool { return find(c.from, name) >= 0 })
	}
	if from[colIndicator] < 0 {
		return &ColumnError{t.name, "indicator", t.columns}
	}
	for _, row := range t.rows {
		x := &indicator{values: make([]value.Value, len(from))}
		for i, place := range from {
			if place >= 0 {
				x.values[i] = row[place]
			}
		}
		x.settle()
		if key, ok := appendKey(nil, x.values[:1], true); ok {
			in.by[string(key)] = append(in.by[string(key)], x)
		}
	}
	return nil
}

// settle gives confidence and times their kinds: a number from 0 to 100, and seconds since 1970.
func (x *indicator) settle() {
	v := x.values
	v[colConfidence], v[colLevel] = confidence(v[colConfidence])
	for _, i := range []int{colFrom, colUntil, colUpdated, colImported} {
		v[i] = seconds(v[i])
	}
}

// levels are the names of confidences with the least number of each, as Sumo's own dashboards have them.
var levels = []struct {
	name  string
	least int64
}{{"high", 85}, {"medium", 50}, {"low", 15}, {"unverified", 0}}

// confidence returns a confidence as number and as word.
func confidence(v value.Value) (number, level value.Value) {
	for _, l := range levels {
		if strings.EqualFold(strings.TrimSpace(v.Str()), l.name) {
			return value.OfLong(l.least), value.OfString(l.name)
		}
	}
	n, ok := value.ToNumber(v)
	if !ok {
		return value.Value{}, value.Value{}
	}
	for _, l := range levels {
		if value.Holds(value.Ge, n, value.OfLong(l.least)) {
			return n, value.OfString(l.name)
		}
	}
	return n, value.Value{}
}

// msFrom is where numbers can only be milliseconds: as seconds they are the year 5138.
const msFrom = 100_000_000_000

// seconds returns a time in seconds since 1970, whether written as that, in milliseconds or as RFC 3339 says; else null.
func seconds(v value.Value) value.Value {
	if n, ok := value.ToNumber(v); ok {
		if n.Long() >= msFrom {
			return value.OfLong(n.Long() / 1000)
		}
		return n
	}
	for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(v.Str())); err == nil {
			return value.OfLong(t.Unix())
		}
	}
	return value.Value{}
}

// better orders indicators as singleIndicator does: more confidence first, then what was updated later (S/threatlookup).
func better(a, b *indicator) int {
	return cmp.Or(
		cmp.Compare(order(b.values[colConfidence]), order(a.values[colConfidence])),
		cmp.Compare(order(b.values[colUpdated]), order(a.values[colUpdated])))
}

// order is a number's place, that of null before all.
func order(v value.Value) float64 {
	switch v.Kind() {
	case value.Long:
		return float64(v.Long())
	case value.Double:
		return v.Double()
	}
	return -1
}

// Columns implements Source: names of both kinds of lookups.
func (in *Indicators) Columns() []string { return IndicatorColumns() }

// IndicatorColumns are the columns of Indicators.
func IndicatorColumns() []string {
	var names []string
	for _, c := range indicatorColumns {
		names = append(names, c.name)
	}
	return append(names, keyThreat, "actor", "malicious_confidence", "raw_threat")
}
