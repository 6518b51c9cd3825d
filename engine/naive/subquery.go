package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// foundRows are the rows of subqueries: the values of the fields that each composes.
type foundRows map[*syntax.Subquery][][]value.Value

// askAll runs subqueries over the same events, whatever range of time they have of their own.
func askAll(list []*syntax.Subquery, events []Event, clock function.Clock, tables Tables) (foundRows, error) {
	out := foundRows{}
	for _, s := range list {
		found, err := askAll(s.Query.Subqueries, events, clock, tables)
		if err != nil {
			return nil, err
		}
		p, stages, err := through(s.Query, events, clock, tables, found)
		if err != nil {
			return nil, err
		}
		for _, stage := range stages {
			p.stage(stage)
		}
		out[s] = p.composed(s)
	}
	return out, nil
}

// composed are the different rows that a subquery's condition is made of; those of messages by ascending values.
func (p *pipeline) composed(s *syntax.Subquery) [][]value.Value {
	var all [][]value.Value
	for _, r := range p.rows {
		var row []value.Value
		for _, f := range s.Compose.Fields {
			row = append(row, r.get(f.Name))
		}
		all = append(all, row)
	}
	if !p.aggregated {
		slices.SortStableFunc(all, compareKeys)
	}
	var rows [][]value.Value
	for _, row := range all {
		nothing := !slices.ContainsFunc(row, func(v value.Value) bool { return !v.IsNull() })
		if len(rows) < check.Results(s) && !nothing && !slices.ContainsFunc(rows, func(other []value.Value) bool { return sameTexts(other, row) }) {
			rows = append(rows, row)
		}
	}
	return rows
}

// sameTexts reports whether rows read the same.
func sameTexts(a, b []value.Value) bool {
	return slices.EqualFunc(a, b, func(x, y value.Value) bool { return x.IsNull() == y.IsNull() && x.Text() == y.Text() })
}

// someRow reports whether for all values of one row, but those that say nothing, is holds.
func someRow(s *syntax.Subquery, r *row, is func(*syntax.Field, string) bool) bool {
	return slices.ContainsFunc(r.found[s], func(found []value.Value) bool {
		said := 0
		for i, v := range found {
			if v.IsNull() || s.Compose.Keywords && value.IsBlank(v) {
				continue
			}
			if said++; !is(s.Compose.Fields[i], v.Text()) {
				return false
			}
		}
		return said > 0
	})
}

// equalsOne is the condition of a subquery in an expression.
func equalsOne(s *syntax.Subquery, r *row) bool {
	return someRow(s, r, func(f *syntax.Field, text string) bool {
		return holds(&syntax.Binary{Op: syntax.Eq, X: f, Y: &syntax.String{Value: text}}, r)
	})
}

// inScope is the condition of a subquery in the scope: texts have no wildcards there.
func inScope(s *syntax.Subquery, r *row) bool {
	return someRow(s, r, func(f *syntax.Field, text string) bool {
		if s.Compose.Keywords {
			return hasKeyword(string(r.event.Raw), text, true)
		}
		if v := r.get(f.Name); !v.IsNull() {
			return foldText(v.Text()) == foldText(text)
		}
		return isDataSet(f.Name)
	})
}
