package syntax

// ScopeCat is cat path://"/Library/x": the rows of a table in the place of messages. It is the whole scope.
type ScopeCat struct {
	Span
	From *TableName
}

func (*ScopeCat) scope() {}

// startsCat reports whether the scope is a table: cat, and then a path in the library or of the save operator.
func (p *parser) startsCat() bool {
	if !p.tok.is("cat") {
		return false
	}
	next := p.peek()
	return next.kind == word && (has(next.text, "path:") || has(next.text, "/"))
}

func (p *parser) cat() Scope {
	start := p.tok.Start
	t := p.tableName()
	return &ScopeCat{p.span(start), t}
}
