package syntax

// ParseXML is parse xml "/a/b/@c" as c: it makes fields of the attributes, texts and elements at paths.
type ParseXML struct {
	Span
	Field  *Field // field=x; nil reads _raw
	Paths  []*String
	As     []*Field // names for Paths, by position
	NoDrop bool
}

// parseXML reads the stage from the word xml on.
func (p *parser) parseXML(start int) Stage {
	p.advance()
	s := &ParseXML{}
	var o parseOptions
	s.Paths, o = p.paths()
	s.Field, s.As, s.NoDrop = o.field, o.as, o.nodrop
	s.Span = p.span(start)
	return s
}

func (s *ParseXML) print(p *printer) {
	p.text("parse xml")
	p.source(s.Field)
	p.text(" ")
	p.quoted(s.Paths)
	p.as(s.As)
	p.option(s.NoDrop, " nodrop")
}
