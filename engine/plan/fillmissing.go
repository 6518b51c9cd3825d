package plan

import (
	"fmt"
	"strings"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// FillMissing adds a row for each combination of the keys' values that no row has, and orders all rows by the keys.
type FillMissing struct {
	Columns []Expr // Locals; of a row that is added, those that are no keys get Given, or what is zero for their kind
	Keys    []FillKey
	Given   map[int]value.Value // by index into Columns
	Last    *FillKey            // the slices of time, if a row that is added has what the slice before has; else nil
}

// FillKey is a key: slices of time if Width is not 0, the Values, or all values that occur.
type FillKey struct {
	X      *Local
	Width  int64 // milliseconds
	Values []value.Value
}

// expressions are all columns: they are computed before, for what a row lacks depends on them.
func (op *FillMissing) expressions() []*Expr { return pointers(op.Columns) }

func (op *FillMissing) String() string {
	var parts []string
	for _, k := range op.Keys {
		switch {
		case k.Width > 0:
			parts = append(parts, fmt.Sprintf("%s in slices of %s", k.X, time.Duration(k.Width)*time.Millisecond))
		case k.Values == nil:
			parts = append(parts, fmt.Sprintf("all values in %s", k.X))
		default:
			values := make([]string, len(k.Values))
			for i, v := range k.Values {
				values[i] = (&Const{v}).String()
			}
			parts = append(parts, fmt.Sprintf("%s in (%s)", k.X, strings.Join(values, ", ")))
		}
	}
	for i, x := range op.Columns {
		if v, ok := op.Given[i]; ok {
			parts = append(parts, fmt.Sprintf("%s is %s", x, &Const{v}))
		}
	}
	if op.Last != nil {
		parts = append(parts, fmt.Sprintf("the others as in the %s before", op.Last.X))
	}
	return "fill missing " + strings.Join(parts, "; ")
}

func (b *builder) fillMissing(s *syntax.FillMissing) {
	op := &FillMissing{Given: map[int]value.Value{}}
	for _, c := range b.columns {
		if c.X != nil {
			op.Columns = append(op.Columns, c.X)
		}
	}
	for _, k := range s.Keys {
		op.Keys = append(op.Keys, b.fillKey(k))
	}
	for _, w := range s.With {
		x := b.field(w.Field.Name)
		for i, c := range op.Columns {
			if c == x {
				op.Given[i] = b.literal(w.Value)
			}
		}
	}
	for i, k := range s.Keys {
		if s.TakeLast && k.Timeslice {
			op.Last = &op.Keys[i]
			break
		}
	}
	b.op(op)
}

func (b *builder) fillKey(k *syntax.FillKey) FillKey {
	key := FillKey{X: b.field(check.FillField(k).Name).(*Local)}
	switch {
	case k.Width != nil:
		key.Width = k.Width.Int
	case k.Timeslice:
		key.Width = b.sliceWidth
	}
	for _, v := range k.Values {
		key.Values = append(key.Values, b.literal(v))
	}
	return key
}

// literal returns the value of a literal, also of a number with a minus before it.
func (b *builder) literal(e syntax.Expr) value.Value {
	if minus, ok := e.(*syntax.Unary); ok {
		return value.Negate(b.literal(minus.X))
	}
	return b.expr(e).(*Const).Value
}
