package check

import (
	"strconv"
	"strings"

	"retrohunt/engine/syntax"
)

func (c *checker) scope(s syntax.Scope) {
	switch s := s.(type) {
	case *syntax.ScopeAnd:
		for _, t := range s.Terms {
			c.scope(t)
		}
	case *syntax.ScopeOr:
		for _, t := range s.Terms {
			c.scope(t)
		}
	case *syntax.ScopeNot:
		c.scope(s.X)
	case *syntax.ScopeField:
		c.scopeField(s)
	case *syntax.ScopeCat:
		c.cat(s)
	case *syntax.Subquery:
		c.subquery(s, false)
	case *syntax.ScopeExpr:
		c.condition(s.X)
	}
}

func (c *checker) scopeField(s *syntax.ScopeField) {
	switch strings.ToLower(s.Field.Name) {
	case "_index", "_view", "_datatier":
		c.warn(s.Span, s.Field.Name+" selects a data set in Sumo Logic; exported logs have none, so it is ignored unless an event has that field")
	}
	switch {
	case s.Op != syntax.Eq && s.Op != syntax.Ne:
		if _, err := strconv.ParseFloat(s.Value, 64); err != nil {
			c.errs = append(c.errs, &syntax.Error{Span: s.Span, Msg: s.Value + " is not a number", Want: "a number after " + s.Op.String()})
		}
	case s.Quoted && strings.ContainsAny(s.Value, "*?"):
		c.warn(s.Span, "wildcards work within quotes here, as in Sumo Logic's own apps; its documentation says that quotes and wildcards cannot be used together")
	}
}

// parseStages and parseOptions are how stages begin that take fields out of a text.
var (
	parseStages  = []string{"parse", "json", "extract", "keyvalue", "kv", "csv", "split"}
	parseOptions = []string{"regex", "xml", "auto", "infer", "_raw"}
)

// pipeLess warns of a scope that reads like a parse stage, as field extraction rules begin: parse "user=*" as user. Its words are
// searched for, and few messages have them.
func (c *checker) pipeLess(s syntax.Scope) {
	terms, ok := s.(*syntax.ScopeAnd)
	if !ok {
		return
	}
	operator, ok := terms.Terms[0].(*syntax.ScopeKeyword)
	if !ok || operator.Phrase || !containsName(parseStages, operator.Text) {
		return
	}
	switch second := terms.Terms[1].(type) {
	case *syntax.ScopeKeyword:
		ok = second.Phrase || containsName(parseOptions, second.Text)
	case *syntax.ScopeField:
		ok = strings.EqualFold(second.Field.Name, "field")
	}
	if ok {
		at := syntax.Span{Start: operator.Start, End: terms.Terms[1].Pos().End}
		c.warn(at, "these are words to search for; a stage begins with a pipe: * | "+operator.Text+" …")
	}
}
