package syntax

import "strings"

// Window computes a column from a field of the row and of the rows above: total, accum, diff, backshift, smooth and
// rollingstd. They have one grammar.
type Window struct {
	Span
	Name  string // in lower case
	Field *Field
	N     *Number  // how many rows back, or in the window; nil: the operator's default
	As    *Field   // nil: the operator's own name
	By    []*Field // rows with other values of these do not take part
}

func parseWindow(p *parser) Stage {
	w := &Window{Name: strings.ToLower(p.tok.text)}
	start := p.tok.Start
	p.advance()
	if p.tok.kind == lparen { // total(_count) as all, as Sumo's own apps have it
		opening := p.open()
		p.windowField(w)
		p.close(opening, "a comma or ')'")
	} else {
		p.windowField(w)
	}
	for {
		switch {
		case w.As == nil && p.acceptWord("as"):
			w.As = p.field("a name for the column")
			continue
		case w.By == nil && p.acceptWord("by"):
			w.By = p.fieldList()
			continue
		}
		break
	}
	p.endStage("as, by, ")
	w.Span = p.span(start)
	return w
}

// windowField reads x, or x, 5.
func (p *parser) windowField(w *Window) {
	w.Field = p.field("a field name")
	if p.accept(comma) {
		w.N = p.number("a number of rows")
	}
}

func (w *Window) print(p *printer) {
	p.text(w.Name + " ")
	p.field(w.Field)
	if w.N != nil {
		p.text(", " + w.N.Text)
	}
	if w.As != nil {
		p.text(" as ")
		p.field(w.As)
	}
	if len(w.By) > 0 {
		p.text(" by ")
		p.fields(w.By)
	}
}
