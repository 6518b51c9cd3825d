package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// json makes fields of paths. What is not found is null, whatever the field was before.
func (b *builder) json(s *syntax.JSON) {
	var paths []string
	for _, p := range s.Paths {
		paths = append(paths, p.Value)
	}
	pattern, _, err := extract.NewJSON(paths)
	if err != nil {
		panic("plan: check let a JSON path through that cannot be read: " + err.Error())
	}
	b.parse(parsing{field: s.Field, pattern: pattern, names: check.JSONNames(s), nodrop: s.NoDrop})
}
