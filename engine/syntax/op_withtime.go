package syntax

// WithTime ties a field's value to the time of its message, for most_recent and least_recent.
type WithTime struct {
	Span
	Field *Field
}

func parseWithTime(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	field := p.field("a field name")
	return &WithTime{p.span(start), field}
}

func (w *WithTime) print(p *printer) {
	p.text("withtime ")
	p.field(w.Field)
}
