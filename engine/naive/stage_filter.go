package naive

import (
	"maps"
	"slices"

	"retrohunt/engine/syntax"
)

// filter runs the child's stages on copies of the rows and keeps the rows whose fields are among theirs.
func (p *pipeline) filter(s *syntax.Filter) {
	child := *p
	child.columns, child.rows = slices.Clone(p.columns), nil
	for _, r := range p.rows {
		copied := *r
		copied.fields = maps.Clone(r.fields)
		child.rows = append(child.rows, &copied)
	}
	for _, inner := range s.Child {
		child.stage(inner)
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool {
		return !slices.ContainsFunc(child.rows, func(found *row) bool { return sameKeys(s.Fields, r, found) })
	})
}
