package syntax

// Timeslice gives each message the slice of time that it lies in: of a width, or, if Width is nil, of one that makes about
// so many buckets, or of one that the searched range decides.
type Timeslice struct {
	Span
	Width   *Number // a time with its unit: 5m; in milliseconds
	Buckets *Number // of timeslice 10 buckets
	As      *Field  // nil: _timeslice
}

func parseTimeslice(p *parser) Stage {
	t := &Timeslice{}
	start := p.tok.Start
	p.advance()
	p.acceptWord("by")
	if p.tok.kind == num {
		n := p.number("a width such as 5m")
		if p.acceptWord("buckets") {
			t.Buckets = n
		} else {
			t.Width = n
		}
	}
	if p.acceptWord("as") {
		t.As = p.field("a name for the slice")
	}
	p.endStage("a width such as 5m, as, ")
	t.Span = p.span(start)
	return t
}

func (t *Timeslice) print(p *printer) {
	p.text("timeslice")
	switch {
	case t.Width != nil:
		p.text(" " + t.Width.Text)
	case t.Buckets != nil:
		p.text(" " + t.Buckets.Text + " buckets")
	}
	if t.As != nil {
		p.text(" as ")
		p.field(t.As)
	}
}
