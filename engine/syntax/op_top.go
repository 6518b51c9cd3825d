package syntax

// Top keeps the first N rows by some fields; without them it counts by Fields and keeps the N greatest groups.
type Top struct {
	Span
	N      *Number
	Fields []*Field
	By     []SortKey
}

func parseTop(p *parser) Stage {
	t := &Top{}
	start := p.tok.Start
	p.advance()
	t.N = p.number("a number of rows")
	t.Fields = p.fieldList()
	if p.acceptWord("by") {
		t.By = p.sortKeys()
	}
	p.endStage("a comma, by, ")
	t.Span = p.span(start)
	return t
}

func (t *Top) print(p *printer) {
	p.text("top " + t.N.Text + " ")
	p.fields(t.Fields)
	if len(t.By) > 0 {
		p.text(" by ")
		p.sortKeys(t.By)
	}
}
