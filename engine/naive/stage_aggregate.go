package naive

import (
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// aggregate makes one row of all rows with the same values of the group fields. Only these and the results are left.
func (p *pipeline) aggregate(s *syntax.Aggregate) {
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth, keys: s.By}
	for _, g := range groups(s.By, p.rows) {
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for i, f := range s.By {
			r.set(f.Name, value.Canonical(g.keys[i]))
		}
		for _, call := range s.Funcs {
			for i, v := range p.results(call, g.rows) {
				r.set(check.AggNames(call)[i], v)
			}
		}
		after.rows = append(after.rows, r)
	}
	for _, f := range s.By {
		after.define(p.spelling(f.Name))
	}
	for _, call := range s.Funcs {
		for _, name := range check.AggNames(call) {
			after.define(name)
		}
	}
	*p = after
	if strings.EqualFold(s.Funcs[0].Name, check.CountFrequent) {
		p.sort(&syntax.Sort{Keys: []syntax.SortKey{{Field: &syntax.Field{Name: p.columns[len(p.columns)-1]}}}})
		p.limit(&syntax.Limit{N: &syntax.Number{Int: check.MaxFrequent}})
	}
}

type group struct {
	keys []value.Value
	rows []*row
}

// groups returns the groups by ascending keys. Without group fields there is one, over no rows too.
func groups(by []*syntax.Field, rows []*row) []*group {
	var out []*group
	if len(by) == 0 {
		out = append(out, &group{})
	}
	for _, r := range rows {
		var keys []value.Value
		for _, f := range by {
			keys = append(keys, r.get(f.Name))
		}
		i := slices.IndexFunc(out, func(g *group) bool { return compareKeys(g.keys, keys) == 0 })
		if i < 0 {
			i = len(out)
			out = append(out, &group{keys: keys})
		}
		out[i].rows = append(out[i].rows, r)
	}
	slices.SortFunc(out, func(a, b *group) int { return compareKeys(a.keys, b.keys) })
	return out
}

func compareKeys(a, b []value.Value) int { return slices.CompareFunc(a, b, value.Compare) }

// results computes an aggregate function over the rows of a group: one value for each of its columns.
func (p *pipeline) results(call *syntax.AggCall, rows []*row) []value.Value {
	switch strings.ToLower(call.Name) {
	case "pct", "pct_sampling":
		var out []value.Value
		for _, percent := range check.Percents(call) {
			_, numbers := column(call, rows)
			out = append(out, percentile(numbers, percent))
		}
		return out
	case "first", "last":
		return []value.Value{p.endmost(call, rows)}
	}
	return []value.Value{result(call, rows)}
}

// endmost is the first or the last value. Messages come newest first.
func (p *pipeline) endmost(call *syntax.AggCall, rows []*row) value.Value {
	first := strings.EqualFold(call.Name, "first")
	if !p.aggregated && !p.ordered {
		var texts []value.Value
		for _, r := range rows {
			texts = append(texts, timed(eval(call.Args[0], r), r))
		}
		if first {
			return ofTime(texts, 1)
		}
		return ofTime(texts, -1)
	}
	values, _ := column(call, rows)
	switch {
	case len(values) == 0:
		return value.Value{}
	case first:
		return values[0]
	}
	return values[len(values)-1]
}

// column returns the values of a call's argument that are not null, and those of them that cast to numbers.
func column(call *syntax.AggCall, rows []*row) (values, numbers []value.Value) {
	for _, r := range rows {
		v := eval(call.Args[0], r)
		if v.IsNull() {
			continue
		}
		values = append(values, v)
		if n, ok := value.ToNumber(v); ok {
			numbers = append(numbers, n)
		}
	}
	return values, numbers
}

func result(call *syntax.AggCall, rows []*row) value.Value {
	if len(call.Args) == 0 {
		return value.OfLong(int64(len(rows)))
	}
	values, numbers := column(call, rows)
	switch strings.ToLower(call.Name) {
	case "count":
		return value.OfLong(int64(len(values)))
	case "count_distinct":
		return countDistinct(values)
	case "sum":
		return mean(numbers, 1)
	case "avg":
		return mean(numbers, len(numbers))
	case "min":
		return least(numbers, 1)
	case "max":
		return least(numbers, -1)
	case "most_recent":
		return ofTime(values, 1)
	case "least_recent":
		return ofTime(values, -1)
	case "stddev":
		return deviation(numbers)
	case "median":
		return percentile(numbers, 50)
	case "values":
		return list(values)
	}
	panic("naive: check let an aggregate through that naive does not know: " + call.Name)
}
