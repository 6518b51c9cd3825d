package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// parseXML makes fields of paths. What is not found is null, whatever the field was before.
func (b *builder) parseXML(s *syntax.ParseXML) {
	paths, names := check.XMLNames(s)
	pattern, _, err := extract.NewXML(paths)
	if err != nil {
		panic("plan: check let an XML path through that cannot be read: " + err.Error())
	}
	b.parse(parsing{field: s.Field, pattern: pattern, names: names, nodrop: s.NoDrop})
}
