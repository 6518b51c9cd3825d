package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

func (b *builder) parseAnchors(s *syntax.ParseAnchors) {
	patterns, names := check.AnchorNames(s)
	pattern, _, err := extract.NewAnchors(patterns)
	if err != nil {
		panic("plan: check let anchors through that cannot be read: " + err.Error())
	}
	b.parse(parsing{field: s.Field, pattern: pattern, names: names, nodrop: s.NoDrop, keeps: true})
}
