package syntax

// Where keeps the rows for which Cond holds.
type Where struct {
	Span
	Cond Expr
}

func (*Where) stage() {}
