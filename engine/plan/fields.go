package plan

import (
	"strings"

	"retrohunt/engine/syntax"
)

// fields is no operator at run time: it changes what names mean, and which columns there are.
func (b *builder) fields(s *syntax.Fields) {
	if s.Drop {
		b.dropFields(s.Names)
		return
	}
	b.keepFields(s.Names)
}

func (b *builder) dropFields(dropped []*syntax.Field) {
	for _, f := range dropped {
		b.define(f.Name, &Const{})
		b.columns = without(b.columns, f.Name)
	}
}

// keepFields keeps the named fields. Of a message, before any aggregate, the internal fields stay too: those that start
// with an underscore.
func (b *builder) keepFields(kept []*syntax.Field) {
	before, messages := b.names, len(b.plan.Sections) == 1
	b.names = names{made: map[string]Expr{}, open: func(name string, parsed meaning) Expr {
		if messages && strings.HasPrefix(name, "_") {
			return before.open(name, parsed)
		}
		return &Const{}
	}}
	for name, x := range before.made {
		if messages && strings.HasPrefix(name, "_") {
			b.names.made[name] = x
		}
	}
	var columns []Column
	for _, f := range kept {
		x := before.get(b.spell(f.Name, strings.ToLower(f.Name)), b.autoParse)
		b.define(f.Name, x)
		columns = append(columns, Column{f.Name, x})
	}
	if !messages {
		b.columns = columns
	}
}

func without(columns []Column, name string) []Column {
	var out []Column
	for _, c := range columns {
		if !strings.EqualFold(c.Name, name) {
			out = append(out, c)
		}
	}
	return out
}
