package syntax

import "strings"

// ThreatIP is threatip f: it makes fields of what is known against the address in a field.
type ThreatIP struct {
	Span
	Field *Field
}

func parseThreatIP(p *parser) Stage {
	t := &ThreatIP{}
	start := p.tok.Start
	p.advance()
	t.Field = p.field("the field with the address")
	p.endStage("")
	t.Span = p.span(start)
	return t
}

func (t *ThreatIP) print(p *printer) {
	p.text("threatip ")
	p.field(t.Field)
}

// ThreatLookup is threatlookup singleIndicator source="x" f, g: it makes fields of what is known against the values of fields, and
// without singleIndicator a row of each entry.
type ThreatLookup struct {
	Span
	Single  bool
	Source  *String // nil: all
	Include *String // all, active or expired; nil: active
	Fields  []*Field
}

func parseThreatLookup(p *parser) Stage {
	t := &ThreatLookup{}
	start := p.tok.Start
	p.advance()
	for p.threatOption(t) {
		continue
	}
	t.Fields = p.fieldList()
	p.endStage("a comma, ")
	t.Span = p.span(start)
	return t
}

// threatOption reads an option; false if a field stands here.
func (p *parser) threatOption(t *ThreatLookup) bool {
	next := p.peek()
	switch {
	case p.tok.is("singleIndicator") && next.kind != end && next.kind != pipe && next.kind != comma:
		t.Single = true
		p.advance()
		return true
	case p.tok.isAny("source", "include") && next.kind == eq:
		option := strings.ToLower(p.tok.text)
		p.advance()
		p.advance()
		if p.tok.kind != str {
			p.unexpected("a text in quotes")
		}
		text := &String{p.tok.Span, p.tok.text}
		p.advance()
		if option == "source" {
			t.Source = text
		} else {
			t.Include = text
		}
		return true
	}
	return false
}

func (t *ThreatLookup) print(p *printer) {
	p.text("threatlookup ")
	p.option(t.Single, "singleIndicator ")
	if t.Source != nil {
		p.text("source=" + quote(t.Source.Value) + " ")
	}
	if t.Include != nil {
		p.text("include=" + quote(t.Include.Value) + " ")
	}
	p.fields(t.Fields)
}
