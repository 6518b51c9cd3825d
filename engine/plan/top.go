package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// top is no operator of its own at run time: it is a sort and a limit, behind a count if it counts.
func (b *builder) top(s *syntax.Top) {
	keys := s.By
	if b.info.Counted[s] {
		b.aggregate(check.TopCount(s))
		keys = check.TopKeys(s)
	}
	b.sort(&syntax.Sort{Keys: keys})
	b.limit(&syntax.Limit{N: s.N})
}
