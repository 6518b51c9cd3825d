package engine

import (
	"errors"

	"retrohunt/engine/dialect"
	"retrohunt/engine/syntax"
)

// foreign gives mistakes where a query has constructs of another language the form that Sumo Logic has for them.
func foreign(query string, err error) error {
	found := dialect.Find(query)
	var list syntax.ErrorList
	if len(found) == 0 || !errors.As(err, &list) {
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
