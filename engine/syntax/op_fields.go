package syntax

// Fields keeps the named fields in the given order, or drops them if Drop is set (fields - a, b).
type Fields struct {
	Span
	Drop  bool
	Names []*Field
}

func parseFields(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	drop := p.accept(minus)
	names := p.fieldList()
	return &Fields{p.span(start), drop, names}
}

func (f *Fields) print(p *printer) {
	p.text("fields ")
	if f.Drop {
		p.text("- ")
	}
	p.fields(f.Names)
}
