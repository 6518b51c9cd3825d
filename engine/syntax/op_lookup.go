package syntax

// Lookup is lookup a, b as c from path://"/Library/x" on f=k: it adds columns of the row of a table whose keys have the values
// of fields.
type Lookup struct {
	Span
	All     bool // lookup *
	Columns []LookupColumn
	From    *TableName
	On      []LookupKey
}

// LookupColumn is a column of the table, and the name of the field that is made of it; nil: its own.
type LookupColumn struct {
	Span
	Column, As *Field
}

// LookupKey is a=b: a field and a column of the table. Which is which depends on the table (check.KeySides). Without Right both
// have one name.
type LookupKey struct {
	Span
	Left, Right *Field
}

// TableName is path://"/Library/x", geo://location, /shared/x, https://…: as it stands in the query.
type TableName struct {
	Span
	Text string
}

func parseLookup(p *parser) Stage {
	l := &Lookup{}
	start := p.tok.Start
	p.advance()
	if l.All = p.accept(star); !l.All {
		l.Columns = p.lookupColumns()
	}
	if !p.tok.is("from") {
		p.unexpected("a comma, as, or from and a table")
	}
	l.From = p.tableName()
	if !p.acceptWord("on") {
		p.unexpected("on and the keys: on field=column")
	}
	l.On = p.lookupKeys()
	p.endStage("a comma, ")
	l.Span = p.span(start)
	return l
}

func (p *parser) lookupColumns() []LookupColumn {
	var list []LookupColumn
	for {
		start := p.tok.Start
		c := LookupColumn{Column: p.field("a column of the table, or *")}
		if p.acceptWord("as") {
			c.As = p.field("a name for the field")
		}
		c.Span = p.span(start)
		list = append(list, c)
		if !p.accept(comma) {
			return list
		}
	}
}

// lookupKeys reads a=b, c=d; and is as good as a comma.
func (p *parser) lookupKeys() []LookupKey {
	var list []LookupKey
	for {
		start := p.tok.Start
		k := LookupKey{Left: p.field("a field name")}
		if p.accept(eq) {
			k.Right = p.field("a field name")
		}
		k.Span = p.span(start)
		list = append(list, k)
		if !p.accept(comma) && !p.acceptWord("and") {
			return list
		}
	}
}

// tableName reads the current token and the name of a table behind it, which is no token of any other place.
func (p *parser) tableName() *TableName {
	p.last = p.tok.End
	p.skipBlanks()
	p.tok = p.table()
	if p.tok.kind == bad {
		p.fail(p.tok.err)
	}
	t := &TableName{p.tok.Span, p.tok.text}
	p.advance()
	return t
}

func (l *Lookup) print(p *printer) {
	p.text("lookup ")
	p.option(l.All, "*")
	for i, c := range l.Columns {
		p.comma(i)
		p.field(c.Column)
		if c.As != nil {
			p.text(" as ")
			p.field(c.As)
		}
	}
	p.text(" from " + l.From.Text + " on ")
	p.lookupKeys(l.On)
}

func (p *printer) lookupKeys(list []LookupKey) {
	for i, k := range list {
		p.comma(i)
		p.field(k.Left)
		if k.Right != nil {
			p.text("=")
			p.field(k.Right)
		}
	}
}
