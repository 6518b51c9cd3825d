package syntax

// Transpose makes a row for each combination of the row fields, and a column for each of the column fields.
type Transpose struct {
	Span
	Rows, Columns []*Field
	As            []*Field // the columns that are wanted, in that order; nil: all
	Rest          bool     // those that As does not name follow (as a, b, *)
}

func parseTranspose(p *parser) Stage {
	t := &Transpose{}
	start := p.tok.Start
	p.advance()
	p.keyword("row")
	t.Rows = p.fieldList()
	p.keyword("column")
	t.Columns = p.fieldList()
	if p.acceptWord("as") {
		p.transposed(t)
	}
	p.endStage("a comma, as, ")
	t.Span = p.span(start)
	return t
}

// transposed reads the wanted columns; a star stands last.
func (p *parser) transposed(t *Transpose) {
	for {
		if p.accept(star) {
			t.Rest = true
			return
		}
		t.As = append(t.As, p.field("the name of a column, or *"))
		if !p.accept(comma) {
			return
		}
	}
}

// keyword reads a word that must stand here.
func (p *parser) keyword(w string) {
	if !p.acceptWord(w) {
		p.unexpected(w)
	}
}

func (t *Transpose) print(p *printer) {
	p.text("transpose row ")
	p.fields(t.Rows)
	p.text(" column ")
	p.fields(t.Columns)
	if len(t.As) == 0 && !t.Rest {
		return
	}
	p.text(" as ")
	p.fields(t.As)
	p.option(len(t.As) > 0 && t.Rest, ", ")
	p.option(t.Rest, "*")
}
