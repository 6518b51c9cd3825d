package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Transpose ends a section: rows with equal Keys become one row. Its columns are the keys, then those that As names, then,
// if Rest is set, those that only the rows decide: one for each text of Names, with the text of Cell in it.
type Transpose struct {
	Keys  []Column
	Names []Expr
	Cell  Expr
	As    []string
	Rest  bool
}

func (t *Transpose) expressions() []*Expr {
	return append(append(pointers(t.Names), &t.Cell), columnPointers(t.Keys)...)
}

func (t *Transpose) String() string {
	keys := make([]string, len(t.Keys))
	for i, k := range t.Keys {
		keys[i] = k.X.String()
	}
	as := t.As
	if t.Rest {
		as = append(as[:len(as):len(as)], "*")
	}
	return fmt.Sprintf("transpose %s of %s by %s as %s", t.Cell, join(t.Names, ", "), strings.Join(keys, ", "), strings.Join(as, ", "))
}

// transpose ends the section. Check has seen that one column is left for the cells.
func (b *builder) transpose(s *syntax.Transpose) {
	t := &Transpose{Rest: !check.HasNames(s)}
	cells := b.columns
	for _, f := range s.Rows {
		t.Keys = append(t.Keys, Column{f.Name, b.field(f.Name)})
		cells = without(cells, f.Name)
	}
	for _, f := range s.Columns {
		t.Names = append(t.Names, b.field(f.Name))
		cells = without(cells, f.Name)
	}
	t.Cell = cells[0].X
	for _, f := range s.As {
		t.As = append(t.As, f.Name)
	}
	b.section.Transpose = t
	b.endSection(t.Keys, t.As)
	b.seen = nil // a cell has times of its own, which a row of many cells does not show
	if t.Rest {
		b.columns = append(b.columns, Column{Name: check.Rest})
	}
}
