package syntax

import "strings"

// Bin sorts the numbers of a field into ranges of one width.
type Bin struct {
	Span
	Field    *Field
	Width    *Number // nil if it is missing, which Check reports
	Min, Max Expr    // numbers, with a minus or without; nil: no bound
}

func parseBin(p *parser) Stage {
	b := &Bin{}
	start := p.tok.Start
	p.advance()
	b.Field = p.field("a field name")
	for p.startsBinOption() {
		p.accept(comma)
		p.binOption(b)
	}
	p.endStage("width=, min=, max=, ")
	b.Span = p.span(start)
	return b
}

func (p *parser) startsBinOption() bool {
	return p.startsOption("width", "min", "max")
}

// binOption reads width=10 and its like.
func (p *parser) binOption(b *Bin) {
	option := p.tok
	p.advance()
	p.expect(eq, "'='")
	name := strings.ToLower(option.text)
	bound := map[string]*Expr{"min": &b.Min, "max": &b.Max}[name]
	switch {
	case bound == nil && b.Width != nil || bound != nil && *bound != nil:
		p.fail(&Error{Span: option.Span, Msg: name + " is given twice"})
	case bound == nil:
		b.Width = p.number("a number")
	default:
		*bound = p.signed()
	}
}

// signed reads a number that may have a minus before it.
func (p *parser) signed() Expr {
	start := p.tok.Start
	if !p.accept(minus) {
		return p.number("a number")
	}
	x := p.number("a number")
	return &Unary{p.span(start), Neg, x}
}

func (b *Bin) print(p *printer) {
	p.text("bin ")
	p.field(b.Field)
	var options []string
	if b.Width != nil {
		options = append(options, "width="+b.Width.Text)
	}
	if b.Min != nil {
		options = append(options, "min="+PrintExpr(b.Min))
	}
	if b.Max != nil {
		options = append(options, "max="+PrintExpr(b.Max))
	}
	p.option(len(options) > 0, " ")
	p.text(strings.Join(options, ", "))
}
