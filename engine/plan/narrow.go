package plan

// Narrow ends a section: of each row only the columns stay.
type Narrow struct{ Columns []Column }

func (n *Narrow) expressions() []*Expr { return columnPointers(n.Columns) }

func (n *Narrow) String() string {
	out := make([]Expr, len(n.Columns))
	for i, c := range n.Columns {
		out[i] = c.X
	}
	return "keep " + join(out, ", ")
}

// narrow ends the section for an operator that makes rows of messages, of which the earliest and latest were at first and last.
func (b *builder) narrow(columns []Column, first, last Expr) {
	n := &Narrow{columns}
	if b.seen != nil {
		n.Columns = append(n.Columns, Column{FirstSeen, first}, Column{LastSeen, last})
	}
	b.section.Narrow = n
	b.endSection(columns, nil)
	if b.seen != nil {
		b.carrySeen()
	}
}
