package syntax

import "strings"

// UnknownStage is a stage that this package has no grammar for: an operator that is not built yet, or a word that is none.
// The checker tells which. Its text is kept as it stands, up to the next pipe that is not within quotes, a regular
// expression, parentheses or brackets.
type UnknownStage struct {
	Span
	Name     string // the first word, as spelled
	NameSpan Span
	Text     string // the whole stage, without blanks around it
}

func parseUnknown(p *parser) Stage {
	if p.child {
		p.fail(&Error{Span: p.tok.Span, Msg: p.tok.text + " cannot stand in a filter or join"})
	}
	u := &UnknownStage{Name: p.tok.text, NameSpan: p.tok.Span}
	if open := p.skipStage(p.tok.Start); open >= 0 {
		at := Span{open, open + 1}
		p.fail(&Error{Span: at, Msg: "what begins here is never closed", Want: closing(p.src[open]), Opening: &at})
	}
	u.Span = p.span(u.NameSpan.Start)
	u.Text = strings.Clone(p.src[u.Start:u.End])
	return u
}

// closing returns what closes the thing that c opens.
func closing(c byte) string {
	switch c {
	case '(':
		return "')'"
	case '[':
		return "']'"
	case '/':
		return "'*/'"
	}
	return "'" + string(c) + "'"
}

func (u *UnknownStage) print(p *printer) { p.text(u.Text) }

// BadStage stands for a stage that could not be read; Parse's error says why.
type BadStage struct {
	Span
	Text string
}

func (b *BadStage) print(p *printer) { p.text(b.Text) }
