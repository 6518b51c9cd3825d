package naive

import (
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// selects reports whether the scope lets a message in.
func selects(s syntax.Scope, r *row) bool {
	switch s := s.(type) {
	case *syntax.ScopeAnd:
		for _, t := range s.Terms {
			if !selects(t, r) {
				return false
			}
		}
		return true
	case *syntax.ScopeOr:
		for _, t := range s.Terms {
			if selects(t, r) {
				return true
			}
		}
		return false
	case *syntax.ScopeNot:
		return !selects(s.X, r)
	case *syntax.ScopeKeyword:
		return hasKeyword(string(r.event.Raw), s.Text, s.Phrase)
	case *syntax.ScopeField:
		return scopeField(s, r)
	case *syntax.Subquery:
		return inScope(s, r)
	case *syntax.ScopeExpr:
		return holds(s.X, r)
	}
	panic("naive: check let a scope through that naive does not know")
}

// scopeField: field=value is a glob over the whole value; an absent field matches nothing. The names that select a data set
// let a message without such a field pass.
func scopeField(s *syntax.ScopeField, r *row) bool {
	v := r.get(s.Field.Name)
	if isDataSet(s.Field.Name) && v.IsNull() && (s.Op == syntax.Eq || s.Op == syntax.Ne) {
		return true
	}
	switch s.Op {
	case syntax.Eq:
		return !v.IsNull() && foldGlob(s.Value, v.Text())
	case syntax.Ne:
		return v.IsNull() || !foldGlob(s.Value, v.Text())
	}
	if n, ok := value.ParseNumber(s.Value); ok {
		return value.Holds(compareOps[s.Op], v, n)
	}
	return compare(s.Op, v, value.OfString(s.Value), true)
}

// isDataSet reports whether a field selects a data set in Sumo.
func isDataSet(name string) bool {
	switch strings.ToLower(name) {
	case "_index", "_view", "_datatier":
		return true
	}
	return false
}
