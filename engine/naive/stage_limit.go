package naive

import "retrohunt/engine/syntax"

func (p *pipeline) limit(s *syntax.Limit) {
	if n := int(s.N.Int); n < len(p.rows) {
		p.rows = p.rows[:n]
	}
}
