package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// top is no operator of its own at run time: it is a count if it has no by, then a sort and a limit.
func (b *builder) top(s *syntax.Top) {
	if len(s.By) == 0 {
		b.aggregate(check.TopCount(s))
	}
	b.sort(&syntax.Sort{Keys: check.TopKeys(s)})
	b.limit(&syntax.Limit{N: s.N})
}
