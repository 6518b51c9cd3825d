package engine

import (
	"retrohunt/engine/check"
	"retrohunt/engine/exec"
	"retrohunt/engine/plan"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// RowCondition is a boolean expression over the rows of a table, as behind where. It belongs to one goroutine.
type RowCondition struct{ run *exec.RowCondition }

// CompileRowCondition compiles an expression over rows with these columns, as Query.Columns or Table.Columns has them: the column
// that is called *, which stands for those that only the rows decide, cannot be named. The error is a syntax.ErrorList.
func CompileRowCondition(src string, columns []string, clock Clock) (*RowCondition, error) {
	cond, err := syntax.ParseCondition(src)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c
		if c == "*" {
			names[i] = check.Rest
		}
	}
	if err := check.Condition(cond, names); err != nil {
		return nil, err
	}
	return &RowCondition{exec.NewRowCondition(plan.BuildCondition(cond, names), clock)}, nil
}

// Holds reports whether the condition holds for a row of the columns that it was compiled for. It does not where a function in
// it cannot be computed; see Warnings. The row stays the caller's.
func (c *RowCondition) Holds(row []value.Value) bool { return c.run.Holds(row) }

// Warnings returns which functions could not be computed, and for how many rows.
func (c *RowCondition) Warnings() []Warning { return c.run.Warnings() }
