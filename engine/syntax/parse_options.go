package syntax

import (
	"slices"
	"strings"
)

// parseOptions are what the stages that take fields out of a text have in common, in the order in which they are mostly
// written: parse field=x "…" as a, b nodrop.
type parseOptions struct {
	field         *Field
	as            []*Field
	nodrop, multi bool
}

// parseOptions reads field=x, the pattern by way of the given function, then whichever of the allowed words follow: as,
// nodrop, multi and field, the last one always.
func (p *parser) parseOptions(pattern func(), allowed ...string) parseOptions {
	var o parseOptions
	if p.startsSource() {
		o.field = p.sourceField()
	}
	pattern()
	seen := map[string]bool{"field": o.field != nil}
	for p.tok.kind == word {
		option := strings.ToLower(p.tok.text)
		if option != "field" && !slices.Contains(allowed, option) {
			break
		}
		if seen[option] {
			p.fail(&Error{Span: p.tok.Span, Msg: option + " is given twice"})
		}
		seen[option] = true
		p.parseOption(&o, option)
	}
	p.endStage(strings.Join(allowed, ", ") + ", ")
	return o
}

// paths reads the paths in quotes of a stage that makes fields of what is at them, with its options.
func (p *parser) paths() (paths []*String, o parseOptions) {
	o = p.parseOptions(func() {
		if p.tok.kind != str {
			p.unexpected("a path in quotes or field=")
		}
		paths = p.keys()
	}, "as", "nodrop")
	return paths, o
}

func (p *parser) parseOption(o *parseOptions, option string) {
	switch option {
	case "field":
		o.field = p.sourceField()
		return
	case "as":
		p.advance()
		o.as = p.targets()
		return
	case "nodrop":
		o.nodrop = true
	case "multi":
		o.multi = true
	}
	p.advance()
}

// startsSource reports whether field= follows.
func (p *parser) startsSource() bool { return p.tok.is("field") && p.peek().kind == eq }

// sourceField reads field=x.
func (p *parser) sourceField() *Field {
	p.advance()
	p.expect(eq, "'=' and a field name")
	return p.field("a field name")
}

// targets reads a, b or (a, b). A comma before a text in quotes begins another pattern.
func (p *parser) targets() []*Field {
	if p.tok.kind == lparen {
		opening := p.open()
		list := p.fieldList()
		p.close(opening, "a comma or ')'")
		return list
	}
	list := []*Field{p.target()}
	for p.tok.kind == comma && p.peek().kind != str {
		p.advance()
		list = append(list, p.target())
	}
	return list
}

// target reads the name of a field that a stage makes. Published queries also make one that is named null, of a key that no event
// has. Where it is read, null is no field but what it says; %"null" is the field.
func (p *parser) target() *Field {
	if p.tok.is("null") {
		f := &Field{p.tok.Span, p.tok.text}
		p.advance()
		return f
	}
	return p.field("a field name")
}

// source writes field=x.
func (p *printer) source(f *Field) {
	if f != nil {
		p.text(" field=")
		p.field(f)
	}
}

func (p *printer) as(names []*Field) {
	if len(names) > 0 {
		p.text(" as ")
		p.fields(names)
	}
}

// quoted writes "a", "b".
func (p *printer) quoted(list []*String) {
	for i, s := range list {
		p.comma(i)
		p.text(quote(s.Value))
	}
}
