package plan

import (
	"cmp"
	"slices"
	"strings"

	"retrohunt/engine/match"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// Condition is what the bytes of an event must hold for the event to reach a query's rows: one of the literals, or one of
// the spellings. It may let pass what the query then drops, never the other way round.
type Condition struct {
	Always    bool            // every event may reach the rows
	Why       string          // the part of the query that asks for no text, if Always
	Literals  []match.Literal // if not Always; without any, no event reaches the rows
	Spellings []string        // of which an event has one that spells a literal otherwise
}

// Prefilter derives the condition from the scope and the filters that see nothing but one event: those before the first
// operator that looks at several rows, or may drop a row and say so, which it must go on to do for every event.
func (p *Plan) Prefilter() Condition {
	d := &derivation{made: map[int]definer{}}
	best := anyText("*")
	if p.Scope != nil {
		if best = d.holds(p.Scope); mayDropRow(&p.Scope) {
			return anyText(p.Scope.String()).condition()
		}
	}
	for _, op := range p.Sections[0].Ops {
		if mayDropRow(op.expressions()...) {
			break
		}
		switch op := op.(type) {
		case *Where:
			best = narrower(best, d.holds(op.Cond))
		case definer:
			for _, slot := range op.defines() {
				d.made[slot] = op
			}
			if parse, ok := op.(*Parse); ok {
				best = narrower(d.stays(parse), best)
			}
		case *Multi:
			return narrower(d.stays(&op.Parse), best).condition()
		default:
			return best.condition()
		}
	}
	return best.condition()
}

// texts is a condition in the making: one of the texts, or, if none can be named, why.
type texts struct {
	why  string // not "": every event may pass
	list []match.Literal
}

func anyText(why string) texts { return texts{why: why} }

// narrower chooses between two conditions that both must hold.
func narrower(a, b texts) texts {
	switch {
	case b.why != "" && a.why == "":
		return a
	case a.why != "" || b.rate() < a.rate():
		return b
	}
	return a
}

// either is the condition where one of two must hold.
func either(a, b texts) texts {
	switch {
	case a.why != "":
		return a
	case b.why != "":
		return b
	}
	return texts{list: append(slices.Clone(a.list), b.list...)}
}

// condition is the condition made.
func (t texts) condition() Condition {
	if t.why != "" {
		return Condition{Always: true, Why: t.why}
	}
	list := slices.Clone(t.list)
	slices.SortFunc(list, func(a, b match.Literal) int {
		if c := cmp.Compare(a.Text, b.Text); c != 0 || a.Fold == b.Fold {
			return c
		} else if a.Fold {
			return -1
		}
		return 1
	})
	return Condition{Literals: slices.Compact(list), Spellings: otherSpellings(list)}
}

// derivation walks expressions for what must be in an event. Where a slot is read it goes on in what the slot was computed
// from, which may be many times; its steps are bounded.
type derivation struct {
	made  map[int]definer // by slot
	steps int
}

// maxSteps bounds a derivation, which else takes time exponential in the number of assignments.
const maxSteps = 10000

// holds is what must be in an event for which a condition holds.
func (d *derivation) holds(e Expr) texts {
	if d.steps++; d.steps > maxSteps {
		return anyText(e.String())
	}
	switch e := e.(type) {
	case *And:
		return d.all(e.Terms, d.holds)
	case *Or:
		return d.one(e.Terms, d.holds)
	case *Not:
		return d.fails(e.X)
	case *If:
		return either(narrower(d.holds(e.Cond), d.holds(e.Then)), narrower(d.fails(e.Cond), d.holds(e.Else)))
	case *Const:
		if !value.Truth(e.Value) {
			return texts{}
		}
		return anyText("*")
	case *Local:
		switch made := d.made[e.Slot].(type) {
		case *Set:
			return d.holds(made.X)
		case *Parse:
			if e.Slot == made.Matched {
				return d.found(made)
			}
		}
	case *CompareText:
		if e.Op == value.Eq {
			return d.matches(e.X, test{name: e.String(), passes: constEquals(e.Text), needs: oneOf(e.Text)})
		}
	case *In:
		return d.in(e)
	case *Glob:
		return d.matches(e.X, test{name: e.String(), passes: constMatches(e.Pattern), needs: allOf(e.Pattern.Literals(), false)})
	case *FoldGlob:
		return d.matches(e.X, test{name: e.String(), passes: constMatches(e.Pattern), needs: allOf(e.Pattern.Literals(), true)})
	case *Regex:
		return d.matches(e.X, test{name: e.String(), passes: constMatches(e.Pattern), needs: inRegex(e.Pattern.Source())})
	case *Keyword:
		return named(allOf(e.Pattern.Literals(), true), e.String())
	case *Contains:
		if part, ok := e.Y.(*Const); ok {
			return d.matches(e.X, test{name: e.String(), needs: oneOf(part.Value.Text())})
		}
	}
	return anyText(e.String())
}

// fails is what must be in an event for which a condition does not hold.
func (d *derivation) fails(e Expr) texts {
	if d.steps++; d.steps > maxSteps {
		return anyText(e.String())
	}
	switch e := e.(type) {
	case *And:
		return d.one(e.Terms, d.fails)
	case *Or:
		return d.all(e.Terms, d.fails)
	case *Not:
		return d.holds(e.X)
	case *Const:
		if value.Truth(e.Value) {
			return texts{}
		}
	case *Local:
		if set, ok := d.made[e.Slot].(*Set); ok {
			return d.fails(set.X)
		}
	case *CompareText:
		if e.Op == value.Ne {
			return d.matches(e.X, test{name: e.String(), passes: constEquals(e.Text), needs: oneOf(e.Text)})
		}
	}
	return anyText((&Not{e}).String())
}

func (d *derivation) all(terms []Expr, of func(Expr) texts) texts {
	best := of(terms[0])
	for _, e := range terms[1:] {
		best = narrower(best, of(e))
	}
	return best
}

func (d *derivation) one(terms []Expr, of func(Expr) texts) texts {
	var union texts
	for _, e := range terms {
		union = either(union, of(e))
	}
	return union
}

// in: a field's text equals texts only; other constants may be what a computation yields.
func (d *derivation) in(e *In) texts {
	var union texts
	for _, item := range e.List {
		c, ok := item.(*Const)
		if !ok || c.Value.Kind() != value.String {
			return anyText(e.String())
		}
		text := c.Value.Str()
		union = either(union, d.matches(e.X, test{name: e.String(), passes: constEquals(text), needs: oneOf(text)}))
	}
	return union
}

// test is a test of a text, which null never passes.
type test struct {
	name    string
	passes  func(value.Value) bool // whether a constant does; nil: it may
	needs   texts                  // what a text that passes holds
	escaped bool                   // or it holds an escape that stands for that
}

func constEquals(text string) func(value.Value) bool {
	return func(v value.Value) bool { return value.HoldsText(value.Eq, v, text) }
}

func constMatches(p interface{ Match(string) bool }) func(value.Value) bool {
	return func(v value.Value) bool { return !v.IsNull() && p.Match(v.Text()) }
}

// matches is what must be in an event for which the value of x passes the test.
func (d *derivation) matches(x Expr, t test) texts {
	if d.steps++; d.steps > maxSteps {
		return anyText(t.name)
	}
	switch x := x.(type) {
	case *Input:
		if !normalize.IsBuiltin(x.Name) || strings.EqualFold(x.Name, "_raw") {
			return named(t.needs, t.name)
		}
	case *Const:
		if x.Value.IsNull() || t.passes != nil && !t.passes(x.Value) {
			return texts{}
		}
	case *Coalesce:
		return either(d.matches(x.X, t), d.matches(x.Y, t))
	case *If:
		return either(narrower(d.holds(x.Cond), d.matches(x.Then, t)), narrower(d.fails(x.Cond), d.matches(x.Else, t)))
	case *Local:
		switch made := d.made[x.Slot].(type) {
		case *Set:
			return d.matches(made.X, t)
		case *Extract: // what it finds stands in the text that it looks at
			return d.matches(made.From, test{name: t.name, needs: t.needs, escaped: true})
		case *Parse:
			return d.matchesParsed(made, x.Slot, t)
		}
	case *Call:
		return d.matchesCall(x, t)
	}
	return anyText(t.name)
}

// matchesCall knows the functions that keep a text but for its case or its ends. One that changes case makes an escape of
// what was none.
func (d *derivation) matchesCall(x *Call, t test) texts {
	through := test{name: t.name, needs: t.needs, escaped: t.escaped}
	switch name := strings.ToLower(x.Name); {
	case name == "trim":
		return d.matches(x.Args[0], through)
	case !t.escaped && (name == "tolowercase" || name == "touppercase"):
		through.needs = t.needs.folded()
		return d.matches(x.Args[0], through)
	}
	return anyText(t.name)
}

// named gives the reason a place in the query.
func named(t texts, name string) texts {
	if t.why != "" {
		return anyText(name)
	}
	return t
}
