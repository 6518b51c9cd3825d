package syntax

// Aggregate is count, sum, … by fields: one or more functions, and the fields that make the groups.
type Aggregate struct {
	Span
	Funcs []*AggCall
	By    []*Field
}

// AggCall is one aggregate function of a stage.
type AggCall struct {
	Span
	Name     string // as spelled; names compare case-insensitively
	NameSpan Span
	Star     bool   // count(*)
	Args     []Expr // the checker wants fields, and numbers for pct
	As       *Field // nil: the function's own default name
}

func parseAggregate(p *parser) Stage { return p.aggregate(p.aggCall()) }

// aggregate reads the rest of a stage after its first function.
func (p *parser) aggregate(first *AggCall) Stage {
	a := &Aggregate{Funcs: []*AggCall{first}}
	for p.accept(comma) {
		a.Funcs = append(a.Funcs, p.aggCall())
	}
	if p.groups() {
		a.By = p.fieldList()
	}
	p.endStage("a comma, by, ")
	a.Span = p.span(first.Start)
	return a
}

// groups reports whether group fields follow, and reads the words before them: by f, group by f, group f, or just f.
func (p *parser) groups() bool {
	switch {
	case p.acceptWord("by"):
	case p.tok.is("group"):
		p.advance()
		p.acceptWord("by")
	default:
		return p.startsField()
	}
	return true
}

func (p *parser) aggCall() *AggCall {
	next := p.peek()
	if p.tok.kind != word || next.kind != lparen && !aggregateWord(p.tok.text) {
		e := p.surprise("an aggregate function")
		if p.startsField() {
			e.Hint = "group fields stand after by"
		}
		p.fail(e)
	}
	call := &AggCall{Name: p.tok.text, NameSpan: p.tok.Span}
	p.advance()
	if p.tok.kind == lparen {
		p.aggArgs(call)
	}
	if p.acceptWord("as") {
		call.As = p.field("a name for the column")
	}
	call.Span = p.span(call.NameSpan.Start)
	return call
}

func (p *parser) aggArgs(call *AggCall) {
	if p.peek().kind != star {
		call.Args = p.args()
		return
	}
	opening := p.open()
	p.advance()
	call.Star = true
	p.close(opening, "')'")
}

func (a *Aggregate) print(p *printer) {
	for i, call := range a.Funcs {
		p.comma(i)
		call.print(p)
	}
	if len(a.By) > 0 {
		p.text(" by ")
		p.fields(a.By)
	}
}

func (c *AggCall) print(p *printer) {
	p.text(c.Name)
	switch {
	case c.Star:
		p.text("(*)")
	case len(c.Args) > 0 || !aggregateWord(c.Name):
		p.args(c.Args)
	}
	if c.As != nil {
		p.text(" as ")
		p.field(c.As)
	}
}
