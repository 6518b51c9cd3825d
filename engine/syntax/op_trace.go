package syntax

// Trace keeps the messages that hang together with a value: Regex finds the values of a message, and messages with a value in common
// belong together.
type Trace struct {
	Span
	Way   TraceWay
	Regex *Regex
	Start *String
}

// TraceWay is which way in time a trace goes.
type TraceWay string

// The ways in time.
const (
	Bothways  TraceWay = ""
	Forwards  TraceWay = "+" // a message adds its values for those that are newer
	Backwards TraceWay = "-" // for those that are older
)

func parseTrace(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	t := &Trace{}
	switch {
	case p.accept(plus):
		t.Way = Forwards
	case p.accept(minus):
		t.Way = Backwards
	}
	t.Regex = p.quotedRegex()
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
	p.text("trace ")
	p.option(t.Way != Bothways, string(t.Way)+" ")
	p.text(`"` + escapeQuotes(t.Regex.Pattern) + `" ` + quote(t.Start.Value))
}
