package naive

import (
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

func (p *pipeline) merge(s *syntax.Merge) { p.mergeBy(nil, s) }

// mergeBy makes a row of all rows with the same values of some fields, which it takes from the oldest to the newest.
func (p *pipeline) mergeBy(by []*syntax.Field, s *syntax.Merge) {
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth}
	for _, f := range by {
		after.define(p.spelling(f.Name))
	}
	for _, f := range check.MergeFields(s) {
		after.define(p.spelling(check.MergeName(f)))
	}
	for _, g := range groups(by, p.inTime()) {
		if len(g.rows) == 0 {
			continue
		}
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for i, f := range by {
			r.set(f.Name, g.keys[i])
		}
		for _, f := range check.MergeFields(s) {
			r.set(check.MergeName(f), merged(f, g.rows))
		}
		after.rows = append(after.rows, r)
	}
	*p = after
}

// merged makes one value of a field's values, of which null is none.
func merged(f *syntax.MergeField, rows []*row) value.Value {
	var values []value.Value
	var texts []string
	for _, r := range rows {
		v := r.get(f.Field.Name)
		if v.IsNull() || f.Strategy == check.TakeDistinct && slices.Contains(texts, v.Text()) {
			continue
		}
		values, texts = append(values, v), append(texts, v.Text())
	}
	switch {
	case len(values) == 0:
		return value.Value{}
	case f.Strategy == check.TakeFirst:
		return values[0]
	case f.Strategy == check.TakeLast:
		return values[len(values)-1]
	}
	return value.OfString(strings.Join(texts, check.MergeSeparator(f)))
}
