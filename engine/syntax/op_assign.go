package syntax

// Assign computes a field: EXPR as name. If As is nil the checker decides the name, and whether it may be missing.
type Assign struct {
	Span
	X  Expr
	As *Field
}

// parseAssign reads a field expression. What looks like a call is an aggregate if its name says so or if a comma or
// groups follow: so that a misspelt aggregate is named as one.
func parseAssign(p *parser) Stage {
	start := p.tok.Start
	x := p.expr()
	call, _ := x.(*Call)
	if call != nil && call.Start != start { // in parentheses
		call = nil
	}
	var as *Field
	if p.acceptWord("as") {
		as = p.field("a name for the field")
	}
	if call != nil && (p.tok.kind == comma || p.tok.isAny("by", "group") || isAggregate(call)) {
		return p.aggregate(&AggCall{
			Span: p.span(start), Name: call.Name, NameSpan: call.NameSpan, Args: call.Args, As: as,
		})
	}
	if as == nil {
		p.endStage("an operator, as, ")
	}
	return &Assign{p.span(start), x, as}
}

// isAggregate tells the aggregate max(x) from the function max(a, b).
func isAggregate(call *Call) bool { return aggregateWord(call.Name) && len(call.Args) == 1 }

func (a *Assign) print(p *printer) {
	if a.readsOtherwise() {
		p.text("(")
		p.expr(a.X, anything)
		p.text(")")
	} else {
		p.expr(a.X, anything)
	}
	if a.As != nil {
		p.text(" as ")
		p.field(a.As)
	}
}

// readsOtherwise reports whether the expression, at the start of a stage, would be read as something else: because its
// first word is an operator, or because a word alone is taken for one.
func (a *Assign) readsOtherwise() bool {
	if _, alone := a.X.(*Field); alone && a.As == nil {
		return true
	}
	text := PrintExpr(a.X)
	return stageParser(text[:wordLen(text)]) != nil
}
