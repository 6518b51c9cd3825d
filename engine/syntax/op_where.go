package syntax

// Where keeps the rows for which Cond holds.
type Where struct {
	Span
	Cond Expr
}

func parseWhere(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	cond := p.expr()
	p.endStage("an operator, ")
	return &Where{p.span(start), cond}
}

func (w *Where) print(p *printer) {
	p.text("where ")
	p.expr(w.Cond, anything)
}
