package plan

import (
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

func (b *builder) parseRegex(s *syntax.ParseRegex) {
	var sources []string
	for _, r := range s.Patterns {
		sources = append(sources, r.Pattern)
	}
	pattern, err := extract.NewRegexes(sources)
	if err != nil {
		panic("plan: check let a regex through that does not compile: " + err.Error())
	}
	b.root.Regexes = append(b.root.Regexes, pattern.Searched()...)
	b.parse(parsing{field: s.Field, pattern: pattern, names: pattern.Names(), nodrop: s.NoDrop, keeps: true, multi: s.Multi})
}
