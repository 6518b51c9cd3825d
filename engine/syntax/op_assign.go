package syntax

// Assign computes a field: EXPR as name. Without a name (As is nil) X is a Call, and the checker decides the name.
type Assign struct {
	Span
	X  Expr
	As *Field
}

func (*Assign) stage() {}
