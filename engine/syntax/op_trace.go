package syntax

// Trace keeps the messages that hang together with a value: Regex finds the values of a message, and messages with a value in common
// belong together.
type Trace struct {
	Span
	Regex *Regex
	Start *String
}

func parseTrace(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	t := &Trace{Regex: p.quotedRegex()}
	if p.tok.kind != str {
		p.unexpected("the value to start from, in quotes")
	}
	t.Start = &String{p.tok.Span, p.tok.text}
	p.advance()
	p.endStage("")
	t.Span = p.span(start)
	return t
}

func (t *Trace) print(p *printer) {
	p.text(`trace "` + escapeQuotes(t.Regex.Pattern) + `" ` + quote(t.Start.Value))
}
