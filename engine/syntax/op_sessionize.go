package syntax

// Sessionize weaves messages together that patterns find one after another: sessionize "login * from *" as (id, ip), "user $id did *"
// as (what).
type Sessionize struct {
	Span
	Terms []*SessionTerm
}

// SessionTerm is a pattern with the names for its stars.
type SessionTerm struct {
	Span
	Pattern *String
	As      []*Field
}

func parseSessionize(p *parser) Stage {
	s := &Sessionize{}
	start := p.tok.Start
	p.advance()
	for {
		s.Terms = append(s.Terms, p.sessionTerm())
		if !p.accept(comma) {
			break
		}
	}
	p.endStage("as, a comma, ")
	s.Span = p.span(start)
	return s
}

// sessionTerm reads "a * b" as (x), also with the pattern in parentheses, or without names.
func (p *parser) sessionTerm() *SessionTerm {
	start := p.tok.Start
	t := &SessionTerm{}
	if p.tok.kind == lparen {
		opening := p.open()
		t.Pattern = p.sessionPattern()
		p.close(opening, "')'")
	} else {
		t.Pattern = p.sessionPattern()
	}
	if p.acceptWord("as") {
		t.As = p.sessionNames()
	}
	t.Span = p.span(start)
	return t
}

func (p *parser) sessionPattern() *String {
	if p.tok.kind != str {
		p.unexpected("a pattern in quotes")
	}
	s := &String{p.tok.Span, p.tok.text}
	p.advance()
	return s
}

// sessionNames reads a, b or (a, b). A comma before a pattern begins another term.
func (p *parser) sessionNames() []*Field {
	if p.tok.kind == lparen {
		return p.targets()
	}
	list := []*Field{p.field("a field name")}
	for p.tok.kind == comma && p.peek().kind != str && p.peek().kind != lparen {
		p.advance()
		list = append(list, p.field("a field name"))
	}
	return list
}

func (s *Sessionize) print(p *printer) {
	p.text("sessionize ")
	for i, t := range s.Terms {
		p.comma(i)
		p.text(quote(t.Pattern.Value))
		if len(t.As) > 0 {
			p.text(" as (")
			p.fields(t.As)
			p.text(")")
		}
	}
}
