package syntax

// Join is join (…) as t1, (…) as t2 on t1.a = t2.b: the rows of its Tables in every combination whose fields are equal.
type Join struct {
	Span
	Tables []JoinTable
	On     []JoinKey
	Window *Number // timewindow 10m: how far apart in time rows may be, in milliseconds; nil: however far
}

// JoinTable is a table of a join: what stages make of the rows that come to it.
type JoinTable struct {
	Span
	Stages []Stage
	As     *Field
}

// JoinKey is t1.a = t2.b; the name of each Field is that of its table, a point and the field's own (check.JoinField).
type JoinKey struct {
	Span
	Left, Right *Field
}

func parseJoin(p *parser) Stage {
	j := &Join{}
	start := p.tok.Start
	p.advance()
	j.Tables = append(j.Tables, p.joinTable())
	for p.accept(comma) {
		j.Tables = append(j.Tables, p.joinTable())
	}
	p.keyword("on")
	j.On = append(j.On, p.joinKey())
	for p.acceptWord("and") {
		j.On = append(j.On, p.joinKey())
	}
	if p.acceptWord("timewindow") {
		j.Window = p.number("a time such as 10m")
	}
	p.endStage("and, timewindow, ")
	j.Span = p.span(start)
	return j
}

// joinTable reads (stages) as name. A * before them is a scope, which a join does not heed.
func (p *parser) joinTable() JoinTable {
	start := p.tok.Start
	opening := p.open()
	p.enter()
	outer := p.child
	p.child = true
	t := JoinTable{}
	if all := p.accept(star); !all || p.accept(pipe) {
		t.Stages = p.childStages()
	}
	p.child = outer
	p.leave()
	p.close(opening, "'|' or ')'")
	p.keyword("as")
	t.As = p.field("a name for the table")
	t.Span = p.span(start)
	return t
}

func (p *parser) joinKey() JoinKey {
	const want = "a field of a table: t1.name"
	start := p.tok.Start
	k := JoinKey{Left: p.field(want)}
	p.expect(eq, "'='")
	k.Right = p.field(want)
	k.Span = p.span(start)
	return k
}

func (j *Join) print(p *printer) {
	p.text("join ")
	for i, t := range j.Tables {
		p.comma(i)
		p.text("(")
		if len(t.Stages) == 0 {
			p.text("*")
		}
		p.childStages(t.Stages)
		p.text(") as ")
		p.field(t.As)
	}
	for i, k := range j.On {
		word := " and "
		if i == 0 {
			word = " on "
		}
		p.text(word)
		p.field(k.Left)
		p.text(" = ")
		p.field(k.Right)
	}
	if j.Window != nil {
		p.text(" timewindow " + j.Window.Text)
	}
}
