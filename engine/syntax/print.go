package syntax

// Print writes a query.
func Print(q *Query) string { panic("being written") }

// PrintExpr writes an expression.
func PrintExpr(e Expr) string { panic("being written") }

// PrintScope writes a scope.
func PrintScope(s Scope) string { panic("being written") }
