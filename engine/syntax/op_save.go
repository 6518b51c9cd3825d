package syntax

// Save stores the rows in a table. What stands behind it is not run.
type Save struct {
	Span
	Append bool // to what the table holds
	To     *TableName
}

func parseSave(p *parser) Stage {
	s := &Save{}
	start := p.tok.Start
	if p.peek().is("append") {
		p.advance()
		s.Append = true
	}
	s.To = p.tableName()
	p.endStage("")
	s.Span = p.span(start)
	return s
}

func (s *Save) print(p *printer) {
	p.text("save ")
	p.option(s.Append, "append ")
	p.text(s.To.Text)
}
