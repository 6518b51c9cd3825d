package engine

import (
	"errors"

	"retrohunt/engine/dialect"
	"retrohunt/engine/syntax"
)

// foreign gives mistakes where a query has constructs of another language the form that Sumo Logic has for them. Of a query of metrics
// it says just that.
func foreign(query string, err error) error {
	found := dialect.Find(query)
	var list syntax.ErrorList
	if !errors.As(err, &list) {
		return err
	}
	if at, ok := dialect.Metrics(query); ok {
		return syntax.ErrorList{&syntax.Error{Span: at, Msg: "this is a query of metrics, which no logs answer"}}
	}
	if len(found) == 0 {
		return err
	}
	for i, err := range list {
		switch e := err.(type) {
		case *syntax.Error:
			if hint, ok := dialect.Hint(found, e.Span); ok {
				e.Hint = hint
			}
		case *syntax.UnsupportedError: // summarize is also an operator of Sumo's, of old
			if hint, ok := dialect.Hint(found, e.Span); ok {
				list[i] = &syntax.Error{Span: e.Span, Msg: "this is of another query language", Hint: hint}
			}
		}
	}
	return list
}
