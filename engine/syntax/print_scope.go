package syntax

// scope writes s, in parentheses if it binds looser than least.
func (p *printer) scope(s Scope, least binding) {
	if scopeBinding(s) < least {
		p.text("(")
		defer p.text(")")
	}
	switch s := s.(type) {
	case *ScopeOr:
		p.scopeTerms(s.Terms, " OR ", ands)
	case *ScopeAnd:
		p.scopeTerms(s.Terms, " AND ", ands+1)
	case *ScopeNot:
		p.text("NOT ")
		p.scope(s.X, ands+1)
	case *ScopeKeyword:
		p.keyword(s)
	case *ScopeField:
		p.field(s.Field)
		p.text(s.Op.String())
		p.word(s.Value, s.Quoted)
	case *ScopeExpr:
		p.expr(s.X, anything)
	case *Subquery:
		p.subquery(s)
	case *ScopeCat:
		p.text("cat " + s.From.Text)
	}
}

func scopeBinding(s Scope) binding {
	switch s.(type) {
	case *ScopeOr:
		return ors
	case *ScopeAnd:
		return ands
	}
	return primaries
}

func (p *printer) scopeTerms(terms []Scope, between string, least binding) {
	for i, t := range terms {
		p.option(i > 0, between)
		p.scope(t, least)
	}
}

// keyword writes a keyword. One that begins like a comment gets parentheses, after which /* begins none.
func (p *printer) keyword(k *ScopeKeyword) {
	if !k.Phrase && has(k.Text, "/*") {
		p.text("(" + k.Text + ")")
		return
	}
	p.word(k.Text, k.Phrase)
}

// word writes a keyword or value, in quotes if it was.
func (p *printer) word(text string, quoted bool) {
	if quoted {
		text = quote(text)
	}
	p.text(text)
}
