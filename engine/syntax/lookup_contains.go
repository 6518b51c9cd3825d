package syntax

// LookupContains is lookupContains(path://"/Library/x", f=k): whether a table has a row with these keys.
type LookupContains struct {
	Span
	From *TableName
	On   []LookupKey
}

func (*LookupContains) expr() {}

func (p *parser) lookupContains() Expr {
	l := &LookupContains{}
	start := p.tok.Start
	p.advance()
	opening := p.tok.Span
	l.From = p.tableName()
	p.expect(comma, "a comma and the keys: field=column")
	l.On = p.lookupKeys()
	p.close(opening, "a comma or ')'")
	l.Span = p.span(start)
	return l
}

func (p *printer) lookupContains(l *LookupContains) {
	p.text("lookupContains(" + l.From.Text + ", ")
	p.lookupKeys(l.On)
	p.text(")")
}
