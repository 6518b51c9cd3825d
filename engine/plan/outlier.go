package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// Outlying is how an outlier judges.
type Outlying = check.Outlying

// Outlier orders rows by Slice, ascending, and judges X in each by the rows before that have the same By. It does not judge
// those of the newest slice.
type Outlier struct {
	X, Slice Expr
	By       []Expr
	Outlying
	Slots  []int // of check.OutlierColumns
	Output string
}

func (op *Outlier) expressions() []*Expr { return append(pointers(op.By), &op.X, &op.Slice) }

func (op *Outlier) String() string {
	out := fmt.Sprintf("%s#%d… = outliers of %s by %s, beyond %v deviations of the %d before", op.Output, op.Slots[0], op.X, op.Slice, op.Threshold, op.Window)
	switch {
	case !op.Below:
		out += ", above"
	case !op.Above:
		out += ", below"
	}
	if op.Consecutive > 1 {
		out += fmt.Sprintf(", %d in a row", op.Consecutive)
	}
	if len(op.By) > 0 {
		out += " in each " + join(op.By, ", ")
	}
	return out
}

func (b *builder) outlier(s *syntax.Outlier) {
	columns := check.OutlierColumns(s)
	op := &Outlier{X: b.field(s.Field.Name), Slice: b.field(check.SliceStart), By: b.fieldsOf(s.By), Outlying: check.OutlyingOf(s), Output: columns[0]}
	for _, name := range columns {
		op.Slots = append(op.Slots, b.made(name))
	}
	b.op(op)
}
