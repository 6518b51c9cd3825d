package syntax

// Compare puts beside the rows what the same query finds in earlier ranges of time.
type Compare struct {
	Span
	Comparisons []*Comparison
}

// Comparison is with one earlier range, or with several, each as far before the next.
type Comparison struct {
	Span
	Shift *Number // a time with its unit: 1d; in milliseconds
	N     *Number // of ranges; nil: one
	Fold  string  // avg, min or max of all N in one column; "": each has a column
	As    *Field  // nil: named by the shift
}

func parseCompare(p *parser) Stage {
	c := &Compare{}
	start := p.tok.Start
	p.advance()
	p.acceptWord("with")
	c.Comparisons = []*Comparison{p.comparisonOfRanges()}
	for p.accept(comma) {
		c.Comparisons = append(c.Comparisons, p.comparisonOfRanges())
	}
	p.endStage("a number of ranges and avg, min or max, as, a comma, ")
	c.Span = p.span(start)
	return c
}

// comparisonOfRanges reads timeshift 1d 7 avg as last_week. A minus before the shift says no more than the shift does.
func (p *parser) comparisonOfRanges() *Comparison {
	c := &Comparison{}
	start := p.tok.Start
	p.keyword("timeshift")
	p.accept(minus)
	c.Shift = p.number("a time such as 1d")
	if p.tok.kind == num {
		c.N = p.number("a number of ranges")
		for _, fold := range []string{"avg", "min", "max"} {
			if c.Fold == "" && p.acceptWord(fold) {
				c.Fold = fold
			}
		}
	}
	if p.acceptWord("as") {
		c.As = p.field("a name for the range")
	}
	c.Span = p.span(start)
	return c
}

func (c *Compare) print(p *printer) {
	p.text("compare ")
	for i, one := range c.Comparisons {
		p.comma(i)
		p.text("timeshift " + one.Shift.Text)
		if one.N != nil {
			p.text(" " + one.N.Text)
		}
		p.option(one.Fold != "", " "+one.Fold)
		if one.As != nil {
			p.text(" as ")
			p.field(one.As)
		}
	}
}
