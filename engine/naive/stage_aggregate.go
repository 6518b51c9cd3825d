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
	after := pipeline{clock: p.clock, aggregated: true}
	for _, g := range groups(s.By, p.rows) {
		r := &row{clock: p.clock, fields: map[string]value.Value{}}
		for i, f := range s.By {
			r.set(f.Name, value.Canonical(g.keys[i]))
		}
		for _, call := range s.Funcs {
			r.set(check.AggName(call), result(call, g.rows))
		}
		after.rows = append(after.rows, r)
	}
	for _, f := range s.By {
		after.define(p.spelling(f.Name))
	}
	for _, call := range s.Funcs {
		after.define(check.AggName(call))
	}
	*p = after
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

// result computes an aggregate function over the rows of a group.
func result(call *syntax.AggCall, rows []*row) value.Value {
	if len(call.Args) == 0 {
		return value.OfLong(int64(len(rows)))
	}
	var values, numbers []value.Value
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
	}
	panic("naive: check let an aggregate through that naive does not know: " + call.Name)
}
