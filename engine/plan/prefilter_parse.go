package plan

import (
	"slices"

	"retrohunt/engine/extract"
)

// What parse stages ask of an event. Anchors and regular expressions take texts out of a text as they stand there; other
// patterns may take away what quotes and escapes are.

// stays is what must be in an event that a parse stage does not drop.
func (d *derivation) stays(op *Parse) texts {
	if op.NoDrop {
		return anyText(op.String())
	}
	union := d.found(op)
	for _, matched := range op.Unless {
		union = either(union, d.holds(matched))
	}
	return union
}

// found is what must be in an event in which a parse stage finds its pattern.
func (d *derivation) found(op *Parse) texts {
	needs := anyText("no text")
	switch p := op.Pattern.(type) {
	case *extract.Anchors:
		needs = allOf(p.Texts(), false)
	case *extract.Regexes:
		for _, source := range p.Sources() {
			needs = narrower(needs, inRegex(source))
		}
	}
	return d.matches(op.From, test{name: op.String(), needs: needs})
}

// matchesParsed is what must be in an event for which what a parse stage put into a slot passes the test: a part of the text
// that it looked at, or what the slot holds where the pattern is not found.
func (d *derivation) matchesParsed(op *Parse, slot int, t test) texts {
	switch op.Pattern.(type) {
	case *extract.Anchors, *extract.Regexes:
	default:
		return anyText(t.name)
	}
	i := slices.Index(op.Slots, slot)
	if i < 0 {
		return anyText(t.name)
	}
	union := d.matches(op.From, test{name: t.name, needs: t.needs, escaped: t.escaped})
	if op.Else != nil {
		union = either(union, d.matches(op.Else[i], t))
	}
	return union
}
