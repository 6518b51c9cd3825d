package plan

import (
	"strings"

	"retrohunt/engine/syntax"
)

// Sort orders rows by its keys, stable on the order before; null comes last either way.
type Sort struct{ Keys []SortKey }

// SortKey is one key of a Sort.
type SortKey struct {
	X   Expr
	Asc bool
}

func (op *Sort) expressions() []*Expr {
	out := make([]*Expr, len(op.Keys))
	for i := range op.Keys {
		out[i] = &op.Keys[i].X
	}
	return out
}

func (op *Sort) String() string {
	parts := make([]string, len(op.Keys))
	for i, k := range op.Keys {
		parts[i] = k.X.String() + " desc"
		if k.Asc {
			parts[i] = k.X.String() + " asc"
		}
	}
	return "sort by " + strings.Join(parts, ", ")
}

func (b *builder) sort(s *syntax.Sort) {
	op := &Sort{}
	for _, k := range s.Keys {
		op.Keys = append(op.Keys, SortKey{b.field(k.Field.Name), k.Asc})
	}
	if len(s.Keys) == 0 {
		op.Keys = []SortKey{{X: b.columns[len(b.columns)-1].X}}
	}
	b.op(op)
}
