package exec

import (
	"slices"

	"retrohunt/engine/extract"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// parsing is the runtime of a plan.Parse.
type parsing struct {
	op     *plan.Parse
	text   texter
	finder extract.Finder
	found  []value.Value // scratch
	others []evaluator   // of op.Else
	unless []condition
	keep   bool // the row outlives the finder's memory
}

func (c *compiler) parsing(op *plan.Parse) *parsing {
	p := &parsing{
		op:     op,
		text:   c.text(op.From),
		finder: op.Pattern.Finder(),
		found:  make([]value.Value, len(op.Slots)),
		unless: c.conditions(op.Unless),
		keep:   c.rows,
	}
	for _, x := range op.Else {
		p.others = append(p.others, c.value(x))
	}
	return p
}

func (c *compiler) parse(op *plan.Parse) step {
	p := c.parsing(op)
	return func(f *frame) bool {
		clear(p.found)
		s, ok := p.text(f)
		return p.settle(f, ok && p.finder.Find(s, p.found))
	}
}

// multi runs next, which is the rest of the way, for the row of each match. It reports whether next did for one of them.
func (c *compiler) multi(op *plan.Multi, next func(*frame) bool) step {
	p := c.parsing(&op.Parse)
	expression := p.finder.(*extract.Regexes)
	return func(f *frame) bool {
		through := false
		row := func() {
			f.dropped = false // by a function in the row before
			through = p.settle(f, true) && next(f) || through
		}
		s, ok := p.text(f)
		if ok && expression.Each(s, p.found, row) {
			return through
		}
		clear(p.found)
		return p.settle(f, false) && next(f)
	}
}

// settle gives the slots their values and reports whether the row stays.
func (p *parsing) settle(f *frame, matched bool) bool {
	if !matched && !p.op.NoDrop && !slices.ContainsFunc(p.unless, func(holds condition) bool { return holds(f) }) {
		return false
	}
	for i, v := range p.found {
		switch {
		case !matched && p.others != nil:
			v = p.others[i](f)
		case p.keep:
			v = v.Clone()
		}
		f.slots[p.op.Slots[i]] = v
	}
	if p.op.Matched >= 0 {
		f.slots[p.op.Matched] = value.OfBool(matched)
	}
	return true
}
