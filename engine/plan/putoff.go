package plan

// putOff moves each computation to just before the first operator that needs it, and drops those that nothing needs:
// most events fail a filter, and what only the rows show is then never computed. Expressions have no side effects, so the
// rows are the same.
func (p *Plan) putOff() {
	for i, s := range p.Sections {
		s.putOff(p.finalNeeds(i))
	}
}

// finalNeeds returns the expressions that are evaluated behind all operators of section i.
func (p *Plan) finalNeeds(i int) []Expr {
	var out []Expr
	if g := p.Sections[i].Group; g != nil {
		for _, e := range g.expressions() {
			out = append(out, *e)
		}
		return out
	}
	for _, c := range p.Columns {
		out = append(out, c.X)
	}
	return out
}

// definer is an operator that only computes slots.
type definer interface {
	Op
	defines() []int
}

func (s *Section) putOff(final []Expr) {
	waiting := map[int]definer{} // by each slot it defines
	var ops []Op
	placed := map[definer]bool{}
	var place func(e Expr)
	place = func(e Expr) {
		walk(e, func(e Expr) {
			local, ok := e.(*Local)
			if !ok || waiting[local.Slot] == nil {
				return
			}
			d := waiting[local.Slot]
			if placed[d] {
				return
			}
			placed[d] = true
			for _, x := range d.expressions() {
				place(*x)
			}
			ops = append(ops, d)
		})
	}
	for _, op := range s.Ops {
		if d, ok := op.(definer); ok {
			for _, slot := range d.defines() {
				waiting[slot] = d
			}
			continue
		}
		for _, x := range op.expressions() {
			place(*x)
		}
		ops = append(ops, op)
	}
	for _, x := range final {
		place(x)
	}
	s.Ops = ops
}
