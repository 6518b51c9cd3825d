package syntax

// Dedup keeps the first N rows of each value of the By fields.
type Dedup struct {
	Span
	Consecutive bool     // only rows that follow each other are compared
	N           *Number  // nil: 1
	By          []*Field // nil: _raw
}

func parseDedup(p *parser) Stage {
	d := &Dedup{}
	start := p.tok.Start
	p.advance()
	d.Consecutive = p.acceptWord("consecutive")
	if p.tok.kind == num {
		d.N = p.number("a number of rows")
	}
	if p.acceptWord("by") || p.startsField() {
		d.By = p.fieldList()
	}
	p.endStage("a number of rows, by, ")
	d.Span = p.span(start)
	return d
}

func (d *Dedup) print(p *printer) {
	p.text("dedup")
	p.option(d.Consecutive, " consecutive")
	if d.N != nil {
		p.text(" " + d.N.Text)
	}
	if len(d.By) > 0 {
		p.text(" by ")
		p.fields(d.By)
	}
}
