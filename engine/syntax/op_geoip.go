package syntax

// GeoIP is geoip f region, continent: it makes fields of where the address in a field is.
type GeoIP struct {
	Span
	Field *Field
	More  []*Field // beside those that it always makes
}

func parseGeoIP(p *parser) Stage {
	g := &GeoIP{}
	start := p.tok.Start
	p.advance()
	g.Field = p.field("the field with the address")
	if p.accept(comma) || p.startsField() {
		g.More = p.fieldList()
	}
	p.endStage("names of more fields, ")
	g.Span = p.span(start)
	return g
}

func (g *GeoIP) print(p *printer) {
	p.text("geoip ")
	p.field(g.Field)
	if len(g.More) > 0 {
		p.text(" ")
		p.fields(g.More)
	}
}
