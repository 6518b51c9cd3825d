package syntax

// ParseCondition reads an expression that stands alone, such as the one behind where. Its error is as that of Parse.
func ParseCondition(src string) (Expr, error) {
	p := parser{lexer: lexer{src: src}}
	var cond Expr
	p.attempt(0, func() {
		p.advance()
		cond = p.expr()
		if p.tok.kind != end {
			p.unexpected("an operator or the end of the expression")
		}
	})
	if len(p.errs) > 0 {
		return nil, p.errs
	}
	return cond, nil
}
