package syntax

// Merge makes one row of all rows, or, within a transactionize, of all that are of one transaction.
type Merge struct {
	Span
	Fields []*MergeField // nil: _raw, with the earliest time
}

// MergeField is a field, how its values become one, and the name of what they become; nil: its own.
type MergeField struct {
	Span
	Field     *Field
	Strategy  string  // takefirst, takelast, takedistinct, join; "": join
	Separator *String // of join; nil: a line end
	As        *Field
}

func parseMerge(p *parser) Stage {
	m := p.merge()
	p.endStage("a comma, takeFirst, takeLast, takeDistinct, join with, as, ")
	return m
}

func (p *parser) merge() *Merge {
	m := &Merge{}
	start := p.tok.Start
	p.advance()
	if p.startsField() {
		m.Fields = []*MergeField{p.mergeField()}
		for p.accept(comma) {
			m.Fields = append(m.Fields, p.mergeField())
		}
	}
	m.Span = p.span(start)
	return m
}

// mergeField reads user, user takeLast as who, user join with "--".
func (p *parser) mergeField() *MergeField {
	start := p.tok.Start
	f := &MergeField{Field: p.field("a field name")}
	for _, strategy := range []string{"takefirst", "takelast", "takedistinct", "join"} {
		if p.acceptWord(strategy) {
			f.Strategy = strategy
			break
		}
	}
	if f.Strategy == "join" && p.acceptWord("with") {
		if p.tok.kind != str {
			p.unexpected("a separator in quotes")
		}
		f.Separator = &String{p.tok.Span, p.tok.text}
		p.advance()
	}
	if p.acceptWord("as") {
		f.As = p.field("a name for the field")
	}
	f.Span = p.span(start)
	return f
}

func (m *Merge) print(p *printer) {
	p.text("merge")
	for i, f := range m.Fields {
		p.option(i > 0, ",")
		p.text(" ")
		f.print(p)
	}
}

// strategies are as the reference spells them.
var strategies = map[string]string{"takefirst": " takeFirst", "takelast": " takeLast", "takedistinct": " takeDistinct", "join": " join"}

func (f *MergeField) print(p *printer) {
	p.field(f.Field)
	p.text(strategies[f.Strategy])
	if f.Separator != nil {
		p.text(" with " + quote(f.Separator.Value))
	}
	if f.As != nil {
		p.text(" as ")
		p.field(f.As)
	}
}
