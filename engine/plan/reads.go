package plan

import (
	"slices"

	"retrohunt/normalize"
)

// Operands returns the expressions directly below one.
func Operands(e Expr) []Expr {
	var out []Expr
	for _, x := range e.operands() {
		out = append(out, *x)
	}
	return out
}

// FilterInputs returns the inputs on which it depends whether an event in the scope reaches the groups: those that the
// filters before the groups, or before messages are put in order, read, also by way of what is computed. Metadata is not among them: it says where
// an event is from, not what it holds.
func (p *Plan) FilterInputs() []int {
	var out []int
	defined := map[int]definer{} // by slot
	seen := map[definer]bool{}
	var read func(Expr)
	read = func(e Expr) {
		walk(e, func(e Expr) {
			switch e := e.(type) {
			case *Input:
				if !normalize.IsBuiltin(e.Name) {
					out = append(out, e.Index)
				}
			case *Local:
				if d := defined[e.Slot]; d != nil && !seen[d] {
					seen[d] = true
					readAll(d, read)
				}
			}
		})
	}
	for _, op := range p.Sections[0].OnEvents() {
		if d, ok := op.(definer); ok {
			for _, slot := range d.defines() {
				defined[slot] = d
			}
			if parse, ok := d.(*Parse); !ok || parse.NoDrop {
				continue
			}
		}
		readAll(op, read)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func readAll(op Op, read func(Expr)) {
	for _, x := range op.expressions() {
		read(*x)
	}
}
