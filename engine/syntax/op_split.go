package syntax

// Split is split x delim=':' extract 1 as a, 3 as b, and csv, which is the same with a comma: it makes fields of the pieces
// of a text.
type Split struct {
	Span
	CSV                  bool
	Field                *Field
	Delim, Quote, Escape *String // nil: , " and \
	Columns              []SplitColumn
}

// SplitColumn names a piece.
type SplitColumn struct {
	Span
	N    *Number // counts from 1; nil: the one behind the column before
	Name *Field
}

func parseSplit(p *parser) Stage {
	s := &Split{CSV: p.tok.is("csv")}
	start := p.tok.Start
	p.characters = true
	p.advance()
	s.Field = p.field("a field to split")
	for !p.acceptWord("extract") {
		p.splitOption(s)
		p.accept(comma)
	}
	for {
		s.Columns = append(s.Columns, p.splitColumn())
		if !p.accept(comma) {
			break
		}
	}
	s.Span = p.span(start)
	return s
}

// splitOption reads delim=':', quote='"' or escape='\'.
func (p *parser) splitOption(s *Split) {
	var option **String
	switch {
	case p.tok.is("delim"):
		option = &s.Delim
	case p.tok.is("quote"):
		option = &s.Quote
	case p.tok.is("escape"):
		option = &s.Escape
	default:
		p.unexpected("delim=, quote=, escape= or extract")
	}
	if *option != nil {
		p.fail(&Error{Span: p.tok.Span, Msg: p.tok.text + " is given twice"})
	}
	p.advance()
	p.expect(eq, "'=' and a character in quotes")
	if p.tok.kind != str {
		p.unexpected("a character in quotes")
	}
	*option = &String{p.tok.Span, p.tok.text}
	p.advance()
}

// splitColumn reads 3 as name, or name.
func (p *parser) splitColumn() SplitColumn {
	start := p.tok.Start
	var c SplitColumn
	if p.tok.kind == num {
		c.N = p.number("a column")
		if !p.acceptWord("as") {
			p.unexpected("as and a name for the column")
		}
	}
	c.Name = p.field("a name for the column, or its number")
	c.Span = p.span(start)
	return c
}

func (s *Split) print(p *printer) {
	if s.CSV {
		p.text("csv ")
	} else {
		p.text("split ")
	}
	p.field(s.Field)
	p.character(" delim=", s.Delim)
	p.character(" quote=", s.Quote)
	p.character(" escape=", s.Escape)
	p.text(" extract ")
	for i, c := range s.Columns {
		p.comma(i)
		if c.N != nil {
			p.text(c.N.Text + " as ")
		}
		p.field(c.Name)
	}
}

func (p *printer) character(option string, s *String) {
	if s != nil {
		p.text(option + quote(s.Value))
	}
}
