package check

import (
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
	"retrohunt/lookup"
)

// GeoIPColumns are the fields that geoip always makes (S/geoip).
var GeoIPColumns = []string{"latitude", "longitude", "country_code", "country_name", "city", "state"}

// ThreatIPColumns are the fields that threatip makes (S/threatip).
var ThreatIPColumns = []string{"actor", "malicious_confidence", "raw_threat", "type"}

// ThreatColumns are the columns of which threatlookup makes fields, each with ThreatPrefix before its name; beside them it makes
// NumMatch (S/threatlookup).
var ThreatColumns = []string{
	"actors", "confidence", "fields", "id", "imported", "indicator", "kill_chain", "source", "threat_type", "type", "updated",
	"valid_from", "valid_until",
}

// The names that threatlookup gives.
const (
	ThreatPrefix = "_threatlookup."
	NumMatch     = ThreatPrefix + "num_match"
)

// TableOf returns the name of a table in a query.
func TableOf(t *syntax.TableName) lookup.Name { return lookup.ParseName(t.Text) }

// LookupColumns returns the columns that a lookup asks for and the names of the fields that it makes of them.
func LookupColumns(l *syntax.Lookup, stars Stars) (columns, names []string) {
	if l.All {
		if _, columns = TableOf(l.From).Known(); columns == nil {
			columns = stars[l]
		}
		return columns, columns
	}
	for _, c := range l.Columns {
		columns = append(columns, c.Column.Name)
		if c.As != nil {
			names = append(names, c.As.Name)
		} else {
			names = append(names, c.Column.Name)
		}
	}
	return columns, names
}

// KeySides tells which side of a=b is a column of the table, and which a field. Sumo's documentation writes it either way. Behind an
// aggregate, where fields are the only ones that there can be, a side that is none of them is the column; fields are nil before.
// Else of a user's table only the table can tell: then sure is false, and column is the one on the right, as it mostly is.
func KeySides(t lookup.Name, k syntax.LookupKey, fields []string) (column, field *syntax.Field, sure bool) {
	there := columns{names: fields}
	left, right := k.Right == nil || there.find(k.Left.Name) >= 0, k.Right != nil && there.find(k.Right.Name) >= 0
	switch key := t.Key(); {
	case k.Right == nil:
		return k.Left, k.Left, true
	case key == "" && left != right:
		if right {
			return k.Left, k.Right, true
		}
		return k.Right, k.Left, true
	case key == "":
		return k.Right, k.Left, false
	case strings.EqualFold(k.Left.Name, key):
		return k.Left, k.Right, true
	}
	return k.Right, k.Left, true
}

func (c *checker) lookup(l *syntax.Lookup) {
	t := TableOf(l.From)
	c.lookupKeys(t, l.On)
	if l.All && t.Kind == lookup.User {
		c.lookupStar(l, t)
	}
	columns, names := LookupColumns(l, c.stars.stand)
	known, _ := t.Known()
	for i, column := range columns {
		if known != nil && !l.All {
			c.tableColumn(l.Columns[i].Column, known)
		}
		if !l.All && c.twice(names[:i], names[i]) {
			c.mistake(l.Columns[i].Span, "two columns make a field "+names[i], "write "+column+" as another name")
		}
		c.columns.define(names[i])
	}
}

func (c *checker) twice(names []string, name string) bool {
	before := columns{names: names}
	return before.find(name) >= 0
}

// tableColumn checks that a table whose columns are known has one.
func (c *checker) tableColumn(f *syntax.Field, known []string) {
	have := columns{names: known}
	if have.find(f.Name) < 0 {
		c.mistake(f.Span, "this table has no column "+f.Name, didYouMean(f.Name, known))
	}
}

// lookupKeys checks the keys of a lookup: a field that there can be, and for a table that is not the user's its one key.
func (c *checker) lookupKeys(t lookup.Name, keys []syntax.LookupKey) {
	for _, k := range keys {
		column, field, _ := KeySides(t, k, c.fieldsHere())
		c.field(field)
		if key := t.Key(); key != "" && !strings.EqualFold(column.Name, key) {
			c.mistake(k.Span, "the key of this table is "+key, "write on "+key+" = "+syntax.PrintExpr(field))
		}
	}
	if t.Key() != "" && len(keys) > 1 {
		c.mistake(keys[1].Span, "this table has one key: "+t.Key(), "")
	}
}

// fieldsHere returns the only fields that there can be, nil if any can.
func (c *checker) fieldsHere() []string {
	if c.columns.open || c.lost {
		return nil
	}
	return c.columns.names
}

func (c *checker) lookupContains(l *syntax.LookupContains) {
	if c.tableless {
		c.unsupported(l.Span, "lookupContains in a condition over rows", catalog.Planned, "put it into the query, as | where lookupContains(…)")
	}
	c.lookupKeys(TableOf(l.From), l.On)
}

func (c *checker) geoIP(g *syntax.GeoIP) {
	c.field(g.Field)
	for _, f := range g.More {
		c.tableColumn(f, lookup.LocationColumns())
	}
	c.targets(GeoIPNames(g))
}

// GeoIPNames returns the names of the fields that a geoip stage makes, which are those of the columns.
func GeoIPNames(g *syntax.GeoIP) []string {
	all := columns{names: append([]string(nil), GeoIPColumns...)}
	for _, f := range g.More {
		all.define(f.Name)
	}
	return all.names
}

func (c *checker) threatIP(t *syntax.ThreatIP) {
	c.field(t.Field)
	c.targets(ThreatIPColumns)
}

// ThreatNames returns the names of the fields that threatlookup makes of ThreatColumns.
func ThreatNames() []string {
	var names []string
	for _, column := range ThreatColumns {
		names = append(names, ThreatPrefix+column)
	}
	return names
}

func (c *checker) threatLookup(t *syntax.ThreatLookup) {
	for _, f := range t.Fields {
		c.field(f)
	}
	if i := t.Include; i != nil && i.Value != "all" && i.Value != "active" && i.Value != "expired" {
		c.mistake(i.Span, "include is all, active or expired", "")
	}
	c.targets(append(ThreatNames(), NumMatch))
}

// cat checks a table in the place of messages.
func (c *checker) cat(s *syntax.ScopeCat) {
	if t := TableOf(s.From); t.Kind != lookup.User {
		c.mistake(s.Span, "cat shows tables of the library", `for example: cat path://"/Library/users"`)
	}
}
