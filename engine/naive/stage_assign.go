package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

func (p *pipeline) assign(s *syntax.Assign) {
	name := check.AssignName(s)
	for _, r := range p.rows {
		r.set(name, eval(s.X, r))
	}
	p.define(name)
}
