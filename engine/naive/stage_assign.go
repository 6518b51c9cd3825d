package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

func (p *pipeline) assign(s *syntax.Assign) {
	name := check.AssignName(s)
	for _, r := range p.rows {
		r.set(name, eval(s.X, r))
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return r.dropped })
	p.define(name)
}
