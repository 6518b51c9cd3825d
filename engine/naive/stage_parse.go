package naive

import (
	"maps"
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// finding is what a parse stage finds in a text.
type finding struct {
	matched bool
	// rows are the values by name of each row that the stage makes of one; there is one at least.
	rows []map[string]value.Value
}

// nothing leaves all fields as they are, but from here on they are the stage's.
var nothing = finding{false, []map[string]value.Value{nil}}

// parse runs a parse stage. Stages with nodrop one behind the other, and the first one without it behind them, drop the
// rows in which none of them found its pattern.
func (p *pipeline) parse(field *syntax.Field, names []string, nodrop bool, find func(text value.Value) finding) {
	source := "_raw"
	if field != nil {
		source = field.Name
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == check.NoField })
	var rows []*row
	for _, r := range p.rows {
		found := find(r.get(source))
		matched := found.matched || r.matched
		if !matched && !nodrop {
			continue
		}
		for _, values := range found.rows {
			one := *r
			one.fields = maps.Clone(r.fields)
			one.matched = matched && nodrop
			for _, name := range names {
				one.set(name, r.get(name))
			}
			for name, v := range values {
				if name != check.NoField {
					one.set(name, v)
				}
			}
			rows = append(rows, &one)
		}
	}
	p.rows = rows
	for _, name := range names {
		p.define(name)
	}
}

// endChain forgets what was matched, before a stage that is no parse stage.
func (p *pipeline) endChain(s syntax.Stage) {
	switch s.(type) {
	case *syntax.JSON, *syntax.ParseAnchors, *syntax.ParseRegex, *syntax.KeyValue, *syntax.ParseXML:
		return
	}
	for _, r := range p.rows {
		r.matched = false
	}
}
