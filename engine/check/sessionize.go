package check

import (
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// SessionPatterns returns the patterns of a sessionize and the names for the stars of each; "" is for what the query does not want.
func SessionPatterns(s *syntax.Sessionize) (patterns []string, names [][]string) {
	for _, t := range s.Terms {
		list := FieldNames(t.As)
		for i, name := range list {
			if name == NoField {
				list[i] = ""
			}
		}
		patterns, names = append(patterns, t.Pattern.Value), append(names, list)
	}
	return patterns, names
}

// sessionize checks the patterns. Behind it there are the time of the first message and the fields of the session.
func (c *checker) sessionize(s *syntax.Sessionize) {
	c.ahead(s.Span, "sessionize")
	_, fields, wrong, err := extract.NewTemplates(SessionPatterns(s))
	if err != nil {
		c.mistake(s.Terms[wrong].Span, err.Error(), `for example: sessionize "login * from *" as (id, ip), "user $id did *" as (what)`)
		c.lost = true
		return
	}
	if len(s.Terms) < 2 {
		c.mistake(s.Span, "sessionize takes two patterns or more", `for example: sessionize "login * from *" as (id, ip), "user $id did *" as (what)`)
	}
	after := columns{names: []string{MessageTime}}
	for i, name := range fields {
		if after.find(name) >= 0 {
			c.mistake(s.Span, "sessionize makes two columns "+fields[i], "give the field another name")
		}
		after.define(name)
	}
	c.columns, c.lost, c.unkeyed = after, false, "sessionize"
}
