package check

import (
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/lookup"
)

// Stages returns the stages of a query that are run, and the save behind which no other is, nil if there is none (S/save).
func Stages(q *syntax.Query) ([]syntax.Stage, *syntax.Save) {
	for i, s := range q.Stages {
		if save, ok := s.(*syntax.Save); ok {
			return q.Stages[:i], save
		}
	}
	return q.Stages, nil
}

func (c *checker) save(s *syntax.Save, behind []syntax.Stage) {
	if t := TableOf(s.To); t.Kind != lookup.User || strings.Contains(t.Text, "://") {
		c.mistake(s.To.Span, "save stores tables of the library", `for example: save path://"/Library/users"`)
	}
	if len(behind) > 0 {
		c.warn(syntax.Span{Start: behind[0].Pos().Start, End: behind[len(behind)-1].Pos().End}, "what stands behind save is not run")
	}
}
