package syntax

import "strings"

// Compose ends a subquery: it names the fields whose values make the condition.
type Compose struct {
	Span
	Fields     []*Field
	MaxResults *Number // rows; nil: the default
	Keywords   bool    // the values are looked for as keywords, whatever fields they are in
}

func parseCompose(p *parser) Stage {
	c := &Compose{}
	start := p.tok.Start
	p.advance()
	p.acceptWord("by")
	c.Fields = p.fieldList()
	for p.tok.isAny("maxresults", "keywords") {
		option := p.tok
		p.advance()
		switch {
		case option.is("keywords") && !c.Keywords:
			c.Keywords = true
		case option.is("maxresults") && c.MaxResults == nil:
			p.expect(eq, "'=' and a number of rows")
			c.MaxResults = p.number("a number of rows")
		default:
			p.fail(&Error{Span: option.Span, Msg: strings.ToLower(option.text) + " is given twice"})
		}
	}
	p.endStage("maxresults=, keywords, ")
	c.Span = p.span(start)
	return c
}

func (c *Compose) print(p *printer) {
	p.text("compose ")
	p.fields(c.Fields)
	if c.MaxResults != nil {
		p.text(" maxresults=" + c.MaxResults.Text)
	}
	p.option(c.Keywords, " keywords")
}
