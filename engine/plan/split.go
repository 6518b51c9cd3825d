package plan

import (
	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// split makes fields of pieces; one that the text does not have is null. It drops no row and has no part in chains.
func (b *builder) split(s *syntax.Split) {
	delim, quote, escape := check.SplitSigns(s)
	columns, names := check.SplitColumns(s)
	b.parse(parsing{field: s.Field, pattern: extract.NewPieces(delim, quote, escape, columns), names: names, nodrop: true})
	b.chain = nil
}
