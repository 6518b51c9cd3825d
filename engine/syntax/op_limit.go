package syntax

// Limit keeps the first N rows.
type Limit struct {
	Span
	N *Number
}

func parseLimit(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	n := p.number("a number of rows")
	return &Limit{p.span(start), n}
}

// number reads a number without a sign.
func (p *parser) number(want string) *Number {
	if p.tok.kind != num {
		p.unexpected(want)
	}
	n := newNumber(p.tok)
	p.advance()
	return n
}

func (l *Limit) print(p *printer) { p.text("limit " + l.N.Text) }
