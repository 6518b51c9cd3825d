package exec

import (
	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// reasoning finds what can be said of all records that lack some fields. What lacks is null, and whatever else a record may
// hold is not known.
//
// It runs the plan's own expressions over one record in which both are null. An expression that depends on nothing unknown
// has the value that it has there, in every record; so it is enough to find out on what it depends, which is what ways says.
// Where it errs, it takes something for unknown that is not: what it finds impossible is impossible.
type reasoning struct {
	compiler compiler
	frame    frame
	inputs   []ways
	slots    []ways
}

// waysToHit returns the ways for a record of a category to pass the filters that stand before the groups, or before messages are put in order, if it
// lacks the inputs that absent names. They are open if it may pass as it is.
func (w *Worker) waysToHit(category string, absent []watched) ways {
	first := w.plan.Sections[0]
	r := &reasoning{slots: make([]ways, len(first.Slots))}
	r.compiler.context, r.compiler.drops = &function.Context{Clock: w.clock}, &function.Drops{}
	r.compiler.tables = w.tables
	r.frame = frame{record: &normalize.Record{Fields: make([][]byte, len(w.plan.Inputs))}, slots: make([]value.Value, len(first.Slots))}
	for i, f := range w.plan.Inputs {
		r.compiler.inputs = append(r.compiler.inputs, i)
		r.inputs = append(r.inputs, open)
		if f.Name == "_sourcecategory" {
			r.frame.record.Fields[i], r.inputs[i] = []byte(category), nil
		}
	}
	for _, a := range absent {
		r.inputs[a.input] = ways{{a.input}}
	}
	passing := open
	for _, op := range first.OnEvents() {
		passing = passing.and(r.op(op))
	}
	return passing
}

// op takes the record through an operator and returns the ways for it to stay.
func (r *reasoning) op(op plan.Op) ways {
	switch op := op.(type) {
	case *plan.Where:
		if !r.holds(op.Cond) {
			return r.ways(op.Cond)
		}
		return open
	case *plan.Set:
		r.slots[op.Slot] = r.ways(op.X)
	case *plan.Extract:
		for _, slot := range op.Slots {
			r.slots[slot] = r.ways(op.From)
		}
	case *plan.Parse:
		return r.parse(op)
	case *plan.Lookup:
		r.compiler.step(op)(&r.frame)
		for _, slot := range op.Slots {
			r.slots[slot] = r.any(lookedAt(op))
		}
		return open
	case *plan.ThreatLookup:
		r.forget(append([]int{op.Matches}, op.Slots...))
		return open
	case *plan.ThreatRows:
		r.forget(append([]int{op.Lookup.Matches}, op.Lookup.Slots...))
		return open
	case *plan.Multi:
		stays := r.parse(&op.Parse)
		if !r.isNull(op.Parse.From) { // there may be rows of other matches than the first
			r.forget(op.Parse.Slots)
			return open
		}
		return stays
	}
	r.compiler.step(op)(&r.frame)
	return open
}

// parse takes the record through a parse stage. What it makes may change with whatever it reads.
func (r *reasoning) parse(op *plan.Parse) ways {
	stays := r.compiler.parse(op)(&r.frame)
	found := r.ways(op.From)
	for i, slot := range op.Slots {
		r.slots[slot] = found
		if op.Else != nil {
			r.slots[slot] = found.or(r.ways(op.Else[i]))
		}
	}
	if op.Matched >= 0 {
		r.slots[op.Matched] = found
	}
	if stays {
		return open
	}
	return r.any(append([]plan.Expr{op.From}, op.Unless...))
}

// lookedAt returns the expressions that a lookup looks at.
func lookedAt(op *plan.Lookup) []plan.Expr {
	var out []plan.Expr
	for _, k := range op.Keys {
		out = append(out, k.X)
		if k.Other != nil {
			out = append(out, k.Other)
		}
	}
	return out
}

// forget takes slots for unknown.
func (r *reasoning) forget(slots []int) {
	for _, slot := range slots {
		r.slots[slot] = open
	}
}

func (r *reasoning) value(e plan.Expr) value.Value { return r.compiler.value(e)(&r.frame) }

func (r *reasoning) holds(e plan.Expr) bool { return r.compiler.condition(e)(&r.frame) }

func (r *reasoning) isNull(e plan.Expr) bool { return r.value(e).IsNull() }

// ways returns the ways for an expression to have another value.
func (r *reasoning) ways(e plan.Expr) ways {
	switch e := e.(type) {
	case *plan.Input:
		return r.inputs[e.Index]
	case *plan.Local:
		return r.slots[e.Slot]
	case *plan.Const:
		return nil
	case *plan.And:
		return r.terms(e.Terms, false)
	case *plan.Or:
		return r.terms(e.Terms, true)
	case *plan.If:
		return r.choice(e)
	case *plan.Coalesce:
		if !r.isNull(e.X) {
			return r.ways(e.X)
		}
	case *plan.In:
		if r.isNull(e.X) {
			return r.ways(e.X)
		}
	case *plan.Arith, *plan.Contains, *plan.GlobOf:
		return r.strict(e)
	case *plan.Compare:
		if e.Op == value.Lt || e.Op == value.Gt {
			return r.strict(e)
		}
	}
	return r.any(plan.Operands(e))
}

// any are the ways of what may change with each of its operands. What has none is not known: it looks elsewhere.
func (r *reasoning) any(operands []plan.Expr) ways {
	if len(operands) == 0 {
		return open
	}
	var out ways
	for _, e := range operands {
		out = out.or(r.ways(e))
	}
	return out
}

// all are the ways of what changes only if all of these do.
func (r *reasoning) all(list []plan.Expr) ways {
	out := open
	for _, e := range list {
		out = out.and(r.ways(e))
	}
	return out
}

// terms are the ways of an AND, which one false term decides, or of an OR, which a true one does.
func (r *reasoning) terms(list []plan.Expr, decides bool) ways {
	var deciding []plan.Expr
	for _, e := range list {
		if r.holds(e) == decides {
			deciding = append(deciding, e)
		}
	}
	if deciding != nil {
		return r.all(deciding)
	}
	return r.any(list)
}

// strict are the ways of what is null, or does not hold, as soon as an operand is null.
func (r *reasoning) strict(e plan.Expr) ways {
	operands := plan.Operands(e)
	var null []plan.Expr
	for _, x := range operands {
		if r.isNull(x) {
			null = append(null, x)
		}
	}
	if null != nil {
		return r.all(null)
	}
	return r.any(operands)
}

// choice are the ways of an if: what it takes changes, or the other is taken, which may be no change.
func (r *reasoning) choice(e *plan.If) ways {
	taken, other := e.Else, e.Then
	if r.holds(e.Cond) {
		taken, other = e.Then, e.Else
	}
	turned := r.ways(e.Cond)
	if r.value(taken) == r.value(other) {
		turned = turned.and(r.ways(other))
	}
	return r.ways(taken).or(turned)
}
