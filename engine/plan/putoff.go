package plan

import "slices"

// putOff moves each computation to just before the first operator that needs it, and drops those that nothing needs:
// most events fail a filter, and what only the rows show is then never computed. Expressions have one side effect: a
// function, or a parse stage without nodrop, may drop the row. Such a computation is never dropped and stays before the next operator that is no filter, so
// the rows are the same; of rows that a filter drops anyway, no function complains.
func (p *Plan) putOff() {
	for i, s := range slices.Backward(p.Sections) {
		if s.Join != nil { // what it makes is what is read behind it
			s.Join.putOff(p.finalNeeds(i + 1))
		}
		s.putOff(p.finalNeeds(i))
	}
}

// finalNeeds returns the expressions that are evaluated behind all operators of section i.
func (p *Plan) finalNeeds(i int) []Expr {
	var out []Expr
	for _, e := range p.Sections[i].end() {
		out = append(out, *e)
	}
	if i < len(p.Sections)-1 {
		return out
	}
	for _, c := range p.Columns {
		if c.X != nil {
			out = append(out, c.X)
		}
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
	var dropping []definer       // those that may drop the row
	var ops []Op
	placed := map[definer]bool{}
	var place func(d definer)
	placeNeeded := func(e Expr) {
		walk(e, func(e Expr) {
			if local, ok := e.(*Local); ok && waiting[local.Slot] != nil {
				place(waiting[local.Slot])
			}
		})
	}
	place = func(d definer) {
		if placed[d] {
			return
		}
		placed[d] = true
		for _, x := range d.expressions() {
			placeNeeded(*x)
		}
		ops = append(ops, d)
	}
	for _, op := range s.Ops {
		if d, ok := op.(definer); ok {
			for _, slot := range d.defines() {
				waiting[slot] = d
			}
			if mayDrop(d) {
				dropping = append(dropping, d)
			}
			continue
		}
		if _, filter := op.(*Where); !filter {
			placeAll(dropping, place)
		}
		for _, x := range op.expressions() {
			placeNeeded(*x)
		}
		ops = append(ops, op)
	}
	placeAll(dropping, place)
	for _, x := range final {
		placeNeeded(x)
	}
	s.Ops = ops
}

func placeAll(list []definer, place func(definer)) {
	for _, d := range list {
		place(d)
	}
}

// mayDrop reports whether a computation may drop the row.
func mayDrop(d definer) bool {
	parse, ok := d.(*Parse)
	return ok && parse.drops() || mayDropRow(d.expressions()...)
}

// mayDropRow reports whether an expression may drop the row.
func mayDropRow(expressions ...*Expr) bool {
	drops := false
	for _, x := range expressions {
		walk(*x, func(e Expr) {
			call, ok := e.(*Call)
			drops = drops || ok && call.Drops
		})
	}
	return drops
}
