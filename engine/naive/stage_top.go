package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

func (p *pipeline) top(s *syntax.Top) {
	if len(s.By) == 0 {
		p.aggregate(check.TopCount(s))
	}
	p.sort(&syntax.Sort{Keys: check.TopKeys(s)})
	p.limit(&syntax.Limit{N: s.N})
}
