package syntax

// JSON is json "a.b", "c[0]" as x, y: it makes fields of the values at paths.
type JSON struct {
	Span
	Field  *Field // field=x; nil reads _raw
	Paths  []*String
	As     []*Field // names for Paths, by position; empty: the paths themselves
	NoDrop bool
}

func parseJSON(p *parser) Stage {
	if p.peek().is("auto") {
		return parseJSONAuto(p)
	}
	j := &JSON{}
	start := p.tok.Start
	p.advance()
	var o parseOptions
	j.Paths, o = p.paths()
	j.Field, j.As, j.NoDrop = o.field, o.as, o.nodrop
	j.Span = p.span(start)
	return j
}

func (j *JSON) print(p *printer) {
	p.text("json")
	p.source(j.Field)
	p.text(" ")
	p.quoted(j.Paths)
	p.as(j.As)
	p.option(j.NoDrop, " nodrop")
}
