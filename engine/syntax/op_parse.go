package syntax

// ParseAnchors is parse "user=* from *" as user, ip: it makes fields of what stands between fixed texts.
type ParseAnchors struct {
	Span
	Field  *Field // field=x; nil reads _raw
	Terms  []*AnchorTerm
	NoDrop bool
}

// AnchorTerm is a pattern with the names for its stars.
type AnchorTerm struct {
	Span
	Pattern *String
	As      []*Field
}

// parseParse reads parse, and parse regex and parse xml by rules of their own.
func parseParse(p *parser) Stage {
	start := p.tok.Start
	switch next := p.peek(); {
	case next.is("regex"):
		p.advance()
		return p.parseRegex(start)
	case next.is("xml"):
		p.advance()
		return p.parseXML(start)
	}
	p.advance()
	s := &ParseAnchors{}
	o := p.parseOptions(func() {
		s.Terms = append(s.Terms, p.anchorTerm("a pattern in quotes, regex, xml or field="))
		for p.accept(comma) {
			s.Terms = append(s.Terms, p.anchorTerm("a pattern in quotes"))
		}
	}, "nodrop")
	s.Field, s.NoDrop = o.field, o.nodrop
	s.Span = p.span(start)
	return s
}

func (p *parser) anchorTerm(want string) *AnchorTerm {
	if p.tok.kind != str {
		p.unexpected(want)
	}
	start := p.tok.Start
	t := &AnchorTerm{Pattern: &String{p.tok.Span, p.tok.text}}
	p.advance()
	if !p.acceptWord("as") {
		p.unexpected("as and a name for each *")
	}
	t.As = p.targets()
	t.Span = p.span(start)
	return t
}

func (s *ParseAnchors) print(p *printer) {
	p.text("parse")
	p.source(s.Field)
	for i, t := range s.Terms {
		p.option(i > 0, ",")
		p.text(" " + quote(t.Pattern.Value))
		p.as(t.As)
	}
	p.option(s.NoDrop, " nodrop")
}
