package syntax

import "strings"

// Outlier marks the values of a field that are far from the mean of those in the slices of time before.
type Outlier struct {
	Span
	Field *Field
	By    []*Field // each group is a series of its own
	// What is nil or empty is the operator's default.
	Window, Threshold, Consecutive *Number
	Direction                      string // +-, + or -
}

func parseOutlier(p *parser) Stage {
	o := &Outlier{}
	start := p.tok.Start
	p.advance()
	o.Field = p.field("a field name")
	for {
		switch {
		case o.By == nil && p.acceptWord("by"):
			o.By = p.outlierBy()
			continue
		case p.startsOutlierOption():
			p.accept(comma)
			p.outlierOption(o)
			continue
		}
		break
	}
	p.endStage("by, window=, threshold=, consecutive=, direction=, ")
	o.Span = p.span(start)
	return o
}

// outlierBy reads fields; a comma may also stand before an option.
func (p *parser) outlierBy() []*Field {
	list := []*Field{p.field("a field name")}
	for !p.startsOutlierOption() && p.accept(comma) {
		list = append(list, p.field("a field name"))
	}
	return list
}

func (p *parser) startsOutlierOption() bool {
	return p.startsOption("window", "threshold", "consecutive", "direction")
}

// outlierOption reads window=5 and its like.
func (p *parser) outlierOption(o *Outlier) {
	option := p.tok
	p.advance()
	p.expect(eq, "'='")
	numbers := map[string]**Number{"window": &o.Window, "threshold": &o.Threshold, "consecutive": &o.Consecutive}
	number := numbers[strings.ToLower(option.text)]
	switch {
	case number == nil && o.Direction != "" || number != nil && *number != nil:
		p.fail(&Error{Span: option.Span, Msg: strings.ToLower(option.text) + " is given twice"})
	case number == nil:
		o.Direction = p.direction()
	default:
		*number = p.number("a number")
	}
}

// direction reads +-, + or -.
func (p *parser) direction() string {
	switch {
	case p.accept(plus):
		if p.accept(minus) {
			return "+-"
		}
		return "+"
	case !p.accept(minus):
		p.unexpected("+-, + or -")
	}
	return "-"
}

func (o *Outlier) print(p *printer) {
	p.text("outlier ")
	p.field(o.Field)
	if len(o.By) > 0 {
		p.text(" by ")
		p.fields(o.By)
	}
	var options []string
	note := func(name string, n *Number) {
		if n != nil {
			options = append(options, name+"="+n.Text)
		}
	}
	note("window", o.Window)
	note("threshold", o.Threshold)
	note("consecutive", o.Consecutive)
	if o.Direction != "" {
		options = append(options, "direction="+o.Direction)
	}
	p.option(len(options) > 0, " ")
	p.text(strings.Join(options, ", "))
}
