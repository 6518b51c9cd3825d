package syntax

// TopK keeps the N best rows of each group and ranks them.
type TopK struct {
	Span
	N      *Number
	Fields []*Field // descending, the first field first
	By     []*Field
}

func parseTopK(p *parser) Stage {
	t := &TopK{}
	start := p.tok.Start
	p.advance()
	opening := p.open()
	t.N = p.number("a number of rows")
	p.expect(comma, "','")
	t.Fields = p.fieldList()
	p.close(opening, "',' or ')'")
	if p.acceptWord("by") {
		t.By = p.fieldList()
	}
	p.endStage("by, ")
	t.Span = p.span(start)
	return t
}

func (t *TopK) print(p *printer) {
	p.text("topk(" + t.N.Text + ", ")
	p.fields(t.Fields)
	p.text(")")
	if len(t.By) > 0 {
		p.text(" by ")
		p.fields(t.By)
	}
}
