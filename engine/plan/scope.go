package plan

import (
	"strings"

	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// scope compiles the text before the first pipe. Field names there mean what they mean before any stage.
func (b *builder) scope(s syntax.Scope) Expr {
	switch s := s.(type) {
	case *syntax.ScopeAnd:
		return &And{b.scopes(s.Terms)}
	case *syntax.ScopeOr:
		return &Or{b.scopes(s.Terms)}
	case *syntax.ScopeNot:
		return &Not{b.scope(s.X)}
	case *syntax.ScopeKeyword:
		return keyword(s)
	case *syntax.ScopeField:
		return b.scopeField(s)
	case *syntax.ScopeCat:
		t := b.table(s.From)
		b.plan.Cat = &t
		return &Const{value.OfBool(false)}
	case *syntax.Subquery:
		return b.scopeSubquery(s)
	case *syntax.ScopeExpr:
		return b.expr(s.X)
	}
	panic("plan: check let a scope through that plan does not know")
}

func (b *builder) scopes(list []syntax.Scope) []Expr {
	out := make([]Expr, len(list))
	for i, s := range list {
		out[i] = b.scope(s)
	}
	return out
}

func keyword(s *syntax.ScopeKeyword) Expr {
	switch {
	case s.Phrase:
		return &Keyword{match.CompilePhrase(s.Text)}
	case s.Text == "*":
		return &Const{value.OfBool(true)}
	}
	return &Keyword{match.CompileKeyword(s.Text)}
}

// scopeField compiles field=value. An absent field matches nothing, not even *; != is the opposite of =. The names that
// select a data set in Sumo let an event without such a field pass, for offline there is only one data set.
func (b *builder) scopeField(s *syntax.ScopeField) Expr {
	x := b.field(s.Field.Name)
	switch s.Op {
	case syntax.Eq:
		return selectsDataSet(s.Field.Name, x, &FoldGlob{x, match.CompileFoldGlob(s.Value)})
	case syntax.Ne:
		return selectsDataSet(s.Field.Name, x, &Not{&FoldGlob{x, match.CompileFoldGlob(s.Value)}})
	}
	if n, ok := value.ParseNumber(s.Value); ok {
		return &Compare{compareOps[s.Op], x, &Const{n}}
	}
	return &CompareText{compareOps[s.Op], x, s.Value}
}

func selectsDataSet(name string, x, test Expr) Expr {
	switch strings.ToLower(name) {
	case "_index", "_view", "_datatier":
		return &Or{[]Expr{&Test{IsNull, x}, test}}
	}
	return test
}
