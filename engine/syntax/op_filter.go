package syntax

// Filter keeps the rows of which the Fields have values that a row of the Child has: stages that work on the same rows.
type Filter struct {
	Span
	Fields []*Field
	Child  []Stage
}

func parseFilter(p *parser) Stage {
	f := &Filter{}
	start := p.tok.Start
	p.advance()
	f.Fields = p.fieldList()
	p.keyword("in")
	opening := p.open()
	p.enter()
	outer := p.child
	p.child = true
	f.Child = p.childStages()
	p.child = outer
	p.leave()
	p.close(opening, "'|' or ')'")
	p.endStage("")
	f.Span = p.span(start)
	return f
}

func (p *parser) childStages() []Stage {
	var list []Stage
	for {
		list = append(list, p.stage())
		p.endStage("")
		if !p.accept(pipe) {
			return list
		}
	}
}

func (f *Filter) print(p *printer) {
	p.text("filter ")
	p.fields(f.Fields)
	p.text(" in (")
	p.childStages(f.Child)
	p.text(")")
}

func (p *printer) childStages(list []Stage) {
	for i, s := range list {
		p.option(i > 0, " | ")
		s.print(p)
	}
}
