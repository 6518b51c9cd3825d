package naive

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
	"retrohunt/lookup"
)

// Tables returns the source of a table that a query names.
type Tables func(lookup.Name) lookup.Source

func (p *pipeline) lookup(s *syntax.Lookup) {
	t := check.TableOf(s.From)
	columns, names := check.LookupColumns(s, nil)
	if columns == nil {
		columns = check.StarColumns(s, p.tables(t).Columns())
		names = columns
	}
	for _, name := range names {
		p.define(name)
	}
	for _, r := range p.rows {
		p.adopt(r, columns, names, found(t, s.On, r))
	}
}

// adopt gives fields the values of columns in what was found.
func (p *pipeline) adopt(r *row, columns, names []string, found map[string]value.Value) {
	for i, name := range names {
		r.set(name, found[strings.ToLower(columns[i])])
	}
}

// found returns the row of a table with the keys that a row has, by the columns' names in lower case; nil if there is none.
func found(t lookup.Name, on []syntax.LookupKey, r *row) map[string]value.Value {
	keys := map[string]value.Value{}
	for _, k := range on {
		column, field, sure := check.KeySides(t, k, r.onlyFields())
		if !sure && !lookup.Has(r.tables(t), column.Name) && lookup.Has(r.tables(t), field.Name) {
			column, field = field, column
		}
		keys[strings.ToLower(column.Name)] = r.get(field.Name)
	}
	if table, ok := r.tables(t).(*lookup.Table); ok {
		return search(table, t.Case, keys)
	}
	return ask(r.tables(t), keys)
}

// onlyFields returns the names of the only fields that there can be behind an aggregate, nil before.
func (r *row) onlyFields() []string {
	if r.meta != nil {
		return nil
	}
	return slices.Collect(maps.Keys(r.fields))
}

// search looks through a table from its end.
func search(t *lookup.Table, c lookup.Case, keys map[string]value.Value) map[string]value.Value {
	for _, cells := range slices.Backward(t.Rows()) {
		found := map[string]value.Value{}
		for i, name := range t.Columns() {
			found[strings.ToLower(name)] = cells[i]
		}
		same := true
		for name, key := range keys {
			a, b := key.Text(), found[name].Text()
			same = same && !key.IsNull() && !found[name].IsNull() && (a == b || c == lookup.AnyCase && strings.EqualFold(a, b))
		}
		if same {
			return found
		}
	}
	return nil
}

// ask asks a source that is no table by its one key for all that it has.
func ask(s lookup.Source, keys map[string]value.Value) map[string]value.Value {
	for name, key := range keys {
		find, err := s.Finder([]string{name}, s.Columns())
		if err != nil {
			panic("naive: " + err.Error())
		}
		cells := find([]value.Value{key})
		if cells == nil {
			return nil
		}
		found := map[string]value.Value{}
		for i, column := range s.Columns() {
			found[strings.ToLower(column)] = cells[i]
		}
		return found
	}
	return nil
}

// cat makes events of the rows of a table: objects with the columns in the table's order, without those that are null.
func (p *pipeline) cat(s *syntax.ScopeCat) []Event {
	t := p.tables(check.TableOf(s.From)).(*lookup.Table)
	var events []Event
	for _, cells := range t.Rows() {
		var members []string
		for i, name := range t.Columns() {
			switch v := cells[i]; v.Kind() {
			case value.Null:
			case value.Bool, value.Long:
				members = append(members, quoted(name)+":"+v.Text())
			default:
				members = append(members, quoted(name)+":"+quoted(v.Text()))
			}
		}
		events = append(events, Event{Raw: []byte("{" + strings.Join(members, ",") + "}"), Category: "unknown", Name: check.TableOf(s.From).Text})
	}
	return events
}

func quoted(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		panic("naive: " + err.Error())
	}
	return string(out)
}

func (p *pipeline) geoIP(s *syntax.GeoIP) {
	names := check.GeoIPNames(s)
	p.lookupKnown("geo://location", "ip", s.Field, names)
}

func (p *pipeline) threatIP(s *syntax.ThreatIP) {
	p.lookupKnown("sumo://threat", "threat", s.Field, check.ThreatIPColumns)
}

func (p *pipeline) lookupKnown(table, key string, field *syntax.Field, names []string) {
	for _, r := range p.rows {
		found := ask(p.tables(lookup.ParseName(table)), map[string]value.Value{key: r.get(field.Name)})
		p.adopt(r, names, names, found)
	}
	for _, name := range names {
		p.define(name)
	}
}

func (p *pipeline) threatLookup(s *syntax.ThreatLookup) {
	wanted := lookup.Wanted{Active: true, Now: p.clock.Now}
	if s.Source != nil {
		wanted.Source = s.Source.Value
	}
	if s.Include != nil {
		wanted.Active, wanted.Expired = s.Include.Value != "expired", s.Include.Value != "active"
	}
	find, err := p.tables(lookup.ParseName("sumo://threat")).(*lookup.Indicators).Matches(wanted, check.ThreatColumns)
	if err != nil {
		panic("naive: " + err.Error())
	}
	names := check.ThreatNames()
	var rows []*row
	for _, r := range p.rows {
		var entries [][]value.Value
		for _, f := range s.Fields {
			for _, entry := range find(r.get(f.Name)) {
				entries = append(entries, slices.Clone(entry))
			}
		}
		matches := value.Value{}
		switch {
		case len(entries) == 0:
			entries = [][]value.Value{make([]value.Value, len(names))}
		case s.Single:
			matches = value.OfLong(int64(len(entries)))
			entries = entries[:1]
		}
		for _, entry := range entries {
			one := *r
			one.fields = maps.Clone(r.fields)
			for i, name := range names {
				one.set(name, entry[i])
			}
			one.set(check.NumMatch, matches)
			rows = append(rows, &one)
		}
	}
	p.rows = rows
	for _, name := range append(names, check.NumMatch) {
		p.define(name)
	}
}
