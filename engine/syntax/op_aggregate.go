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

func (*Aggregate) stage() {}
