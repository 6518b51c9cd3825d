package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
)

// bin sets three fields; whichever nobody reads is pruned.
func (b *builder) bin(s *syntax.Bin) {
	x := b.field(s.Field.Name)
	bins := function.Bins(check.BinningOf(s))
	ranges := fmt.Sprintf("[width=%g, min=%g, max=%g]", bins.Width, bins.Min, bins.Max)
	for _, made := range []struct {
		name string
		run  function.Call
	}{{check.BinLabel, bins.Label}, {check.BinLower, bins.Lower}, {check.BinUpper, bins.Upper}} {
		b.set(made.name, &Call{Name: made.name[1:] + ranges, Run: made.run, Args: []Expr{x}})
	}
}
