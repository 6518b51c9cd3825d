package syntax

// FillMissing adds the rows that lack among all combinations of the keys' values.
type FillMissing struct {
	Span
	Keys     []*FillKey
	With     []*FillValue
	TakeLast bool // rows that are added have what the slice of time before has, with the same values in the other keys
}

// FillKey is a field with the values that it should have: slices of time, those that are listed, or all that occur.
type FillKey struct {
	Span
	Timeslice bool
	Width     *Number // of the slices; nil: that of the timeslice before
	Values    []Expr  // nil: all that occur
	Field     *Field  // nil: _timeslice
}

// FillValue is what a column has in rows that are added.
type FillValue struct {
	Span
	Value Expr
	Field *Field
}

func parseFillMissing(p *parser) Stage {
	f := &FillMissing{}
	start := p.tok.Start
	p.advance()
	f.Keys = []*FillKey{p.fillKey()}
	for p.accept(comma) {
		f.Keys = append(f.Keys, p.fillKey())
	}
	if p.acceptWord("with") {
		f.With = []*FillValue{p.fillValue()}
		for p.accept(comma) || p.acceptWord("with") {
			f.With = append(f.With, p.fillValue())
		}
	}
	f.TakeLast = p.acceptWord("takelast")
	p.endStage("a comma, with, takelast, ")
	f.Span = p.span(start)
	return f
}

// fillKey reads timeslice, timeslice(1h), timeslice(1h) in f, values("a", "b") in f, or values all in f.
func (p *parser) fillKey() *FillKey {
	k := &FillKey{}
	start := p.tok.Start
	switch {
	case p.acceptWord("timeslice"):
		k.Timeslice = true
		if p.tok.kind == lparen {
			opening := p.open()
			k.Width = p.number("a width such as 1h")
			p.close(opening, "')'")
		}
		if p.acceptWord("in") {
			k.Field = p.field("the field of the slices")
		}
	case p.acceptWord("values"):
		if !p.acceptWord("all") {
			if k.Values = p.args(); k.Values == nil {
				p.unexpected("a value")
			}
		}
		p.keyword("in")
		k.Field = p.field("a field name")
	default:
		p.unexpected("timeslice or values")
	}
	k.Span = p.span(start)
	return k
}

// fillValue reads 0 for f, also in parentheses: (0) for f.
func (p *parser) fillValue() *FillValue {
	v := &FillValue{}
	start := p.tok.Start
	v.Value = p.expr()
	p.keyword("for")
	v.Field = p.field("a field name")
	v.Span = p.span(start)
	return v
}

func (f *FillMissing) print(p *printer) {
	p.text("fillmissing ")
	for i, k := range f.Keys {
		p.comma(i)
		k.print(p)
	}
	for _, v := range f.With {
		p.text(" with ")
		p.expr(v.Value, anything)
		p.text(" for ")
		p.field(v.Field)
	}
	p.option(f.TakeLast, " takelast")
}

func (k *FillKey) print(p *printer) {
	switch {
	case k.Timeslice && k.Width != nil:
		p.text("timeslice(" + k.Width.Text + ")")
	case k.Timeslice:
		p.text("timeslice")
	case k.Values == nil:
		p.text("values all")
	default:
		p.text("values")
		p.args(k.Values)
	}
	if k.Field != nil {
		p.text(" in ")
		p.field(k.Field)
	}
}
