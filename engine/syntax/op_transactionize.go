package syntax

import "strings"

// Transactionize groups messages that have a value of one of the Fields in common, directly or by way of others.
type Transactionize struct {
	Span
	Fields []*Field
	As     *Field // before the names of what it adds; nil: _group
	// What is nil sets no end to a transaction.
	MaxSpan, MaxPause, MaxLogs *Number
	StartsWith, EndsWith       *Boundary
	KeepOrphans                *Bool  // nil: they are kept
	Merge                      *Merge // nil: the messages stay
}

// Boundary is "text", or "text";strict: what the first or the last message of a transaction holds.
type Boundary struct {
	Span
	Text   *String
	Strict bool // transactions without such a message are left out
}

func parseTransactionize(p *parser) Stage {
	t := &Transactionize{}
	start := p.tok.Start
	p.advance()
	t.Fields = p.fieldList()
	if p.acceptWord("as") {
		t.As = p.field("a name for the group")
	}
	for p.startsTransactionOption() {
		p.accept(comma)
		p.transactionOption(t)
	}
	if p.tok.kind == lparen {
		t.Merge = p.transactionMerge()
	}
	p.endStage("a comma, as, maxSpan=, maxPause=, maxLogs=, startsWith=, endsWith=, keepOrphans=, (merge …), ")
	t.Span = p.span(start)
	return t
}

func (p *parser) startsTransactionOption() bool {
	return p.startsOption("maxspan", "maxpause", "maxlogs", "startswith", "endswith", "keeporphans")
}

// transactionOption reads maxPause=5m and its like.
func (p *parser) transactionOption(t *Transactionize) {
	option := p.tok
	name := strings.ToLower(option.text)
	p.advance()
	p.expect(eq, "'='")
	numbers := map[string]**Number{"maxspan": &t.MaxSpan, "maxpause": &t.MaxPause, "maxlogs": &t.MaxLogs}
	boundaries := map[string]**Boundary{"startswith": &t.StartsWith, "endswith": &t.EndsWith}
	twice := false
	switch number, boundary := numbers[name], boundaries[name]; {
	case number != nil:
		twice = *number != nil
		*number = p.number("a number")
	case boundary != nil:
		twice = *boundary != nil
		*boundary = p.boundary()
	default:
		twice = t.KeepOrphans != nil
		t.KeepOrphans = p.trueOrFalse()
	}
	if twice {
		p.fail(&Error{Span: option.Span, Msg: name + " is given twice"})
	}
}

func (p *parser) boundary() *Boundary {
	if p.tok.kind != str {
		p.unexpected("a text in quotes")
	}
	start := p.tok.Start
	b := &Boundary{Text: &String{p.tok.Span, p.tok.text}}
	p.advance()
	if p.accept(semicolon) {
		p.keyword("strict")
		b.Strict = true
	}
	b.Span = p.span(start)
	return b
}

func (p *parser) trueOrFalse() *Bool {
	b := &Bool{p.tok.Span, p.tok.is("true")}
	if !p.tok.isAny("true", "false") {
		p.unexpected("true or false")
	}
	p.advance()
	return b
}

// transactionMerge reads (merge …): the only query within a transactionize that the reference tells of.
func (p *parser) transactionMerge() *Merge {
	opening := p.open()
	if !p.tok.is("merge") {
		p.fail(&UnsupportedError{Span: p.tok.Span, What: "a query in transactionize that is no merge", Why: "not built yet", Hint: "put the stages behind: | transactionize … | count by _group"})
	}
	m := p.merge()
	if p.tok.kind == pipe {
		p.fail(&UnsupportedError{Span: p.tok.Span, What: "a query in transactionize that is more than a merge", Why: "not built yet", Hint: "put the stages behind the transactionize"})
	}
	p.close(opening, "a comma or ')'")
	return m
}

func (t *Transactionize) print(p *printer) {
	p.text("transactionize ")
	p.fields(t.Fields)
	if t.As != nil {
		p.text(" as ")
		p.field(t.As)
	}
	number := func(name string, n *Number) {
		if n != nil {
			p.text(" " + name + "=" + n.Text)
		}
	}
	number("maxSpan", t.MaxSpan)
	number("maxPause", t.MaxPause)
	number("maxLogs", t.MaxLogs)
	t.StartsWith.print(p, " startsWith=")
	t.EndsWith.print(p, " endsWith=")
	if t.KeepOrphans != nil {
		p.text(" keepOrphans=")
		p.bool(t.KeepOrphans.Value)
	}
	if t.Merge != nil {
		p.text(" (")
		t.Merge.print(p)
		p.text(")")
	}
}

func (b *Boundary) print(p *printer, name string) {
	if b == nil {
		return
	}
	p.text(name + quote(b.Text.Value))
	p.option(b.Strict, ";strict")
}
