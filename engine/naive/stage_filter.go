package naive

import (
	"slices"

	"retrohunt/engine/syntax"
)

// filter runs the child's stages on copies of the rows and keeps the rows whose fields are among theirs.
func (p *pipeline) filter(s *syntax.Filter) {
	child := p.copied()
	for _, inner := range s.Child {
		child.stage(inner)
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool {
		return !slices.ContainsFunc(child.rows, func(found *row) bool { return sameKeys(s.Fields, r, found) })
	})
}
