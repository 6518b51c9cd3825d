package naive

import (
	"slices"

	"retrohunt/engine/syntax"
)

func (p *pipeline) where(s *syntax.Where) {
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return !holds(s.Cond, r) || r.dropped })
}
