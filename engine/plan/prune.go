package plan

import "retrohunt/normalize"

// prune forgets the inputs that no expression reads any more, so that the normalizer need not extract them, and numbers
// the rest anew in their old order.
func (p *Plan) prune() {
	var used []*Input
	seen := map[*Input]bool{}
	p.walk(func(e Expr) {
		if in, ok := e.(*Input); ok && !seen[in] {
			seen[in] = true
			used = append(used, in)
		}
	})
	alive := make([]bool, len(p.Inputs))
	for _, in := range used {
		alive[in.Index] = true
	}
	renumbered := make([]int, len(p.Inputs))
	var kept []normalize.Field
	for i, f := range p.Inputs {
		renumbered[i] = len(kept)
		if alive[i] {
			kept = append(kept, f)
		}
	}
	for _, in := range used {
		in.Index = renumbered[in.Index]
	}
	p.Inputs = kept
}
