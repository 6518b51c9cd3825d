package syntax

import "strings"

// expr reads a whole expression: a ? b : c binds loosest, then OR, AND, comparisons, + and -, * / %, and signs.
func (p *parser) expr() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.Start
	cond := p.or()
	if !p.accept(question) {
		return cond
	}
	then := p.expr()
	p.expect(colon, "':'")
	otherwise := p.expr()
	return &Cond{p.span(start), cond, then, otherwise}
}

func (p *parser) or() Expr {
	start := p.tok.Start
	terms := []Expr{p.and()}
	for p.accept(oror) || p.acceptWord("or") {
		terms = append(terms, p.and())
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &Or{p.span(start), terms}
}

func (p *parser) and() Expr {
	start := p.tok.Start
	terms := []Expr{p.comparison()}
	for p.accept(andand) || p.acceptWord("and") {
		terms = append(terms, p.comparison())
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &And{p.span(start), terms}
}

// comparison reads at most one comparison: a = b = c is none.
func (p *parser) comparison() Expr {
	start := p.tok.Start
	x := p.sum()
	switch {
	case scopeOps[p.tok.kind] != 0:
		op := scopeOps[p.tok.kind] - 1
		p.advance()
		y := p.sum()
		return &Binary{p.span(start), op, x, y}
	case p.acceptWord("matches"):
		pattern := p.pattern()
		return &Matches{p.span(start), x, pattern}
	case p.acceptWord("contains"):
		y := p.sum()
		return &Binary{p.span(start), Contains, x, y}
	case p.tok.isAny("in", "not"):
		return p.in(start, x)
	}
	return x
}

// pattern reads what stands after matches. Here alone a slash begins a regular expression.
func (p *parser) pattern() Expr {
	if p.tok.kind == slash {
		return p.regexLiteral()
	}
	return p.sum()
}

func (p *parser) regexLiteral() Expr {
	p.rescan(p.regex)
	r := &Regex{p.tok.Span, p.tok.text}
	p.advance()
	return r
}

func (p *parser) in(start int, x Expr) Expr {
	not := p.tok.Span
	negated := p.acceptWord("not")
	if negated && !p.tok.is("in") {
		p.fail(&Error{Span: not, Msg: "not stands only before in", Hint: "write !(x matches …)"})
	}
	p.advance()
	if p.tok.kind == lbracket {
		p.fail(&Error{Span: p.tok.Span, Msg: "a subquery is a condition, not a list", Hint: "write where [subquery: … | compose field]"})
	}
	opening := p.open()
	list := p.exprList()
	p.close(opening, "',' or ')'")
	return &In{p.span(start), x, negated, list}
}

// exprList reads one or more expressions with commas between them.
func (p *parser) exprList() []Expr {
	list := []Expr{p.expr()}
	for p.accept(comma) {
		list = append(list, p.expr())
	}
	return list
}

func (p *parser) sum() Expr {
	start := p.tok.Start
	x := p.product()
	for p.tok.kind == plus || p.tok.kind == minus {
		op := Add
		if p.tok.kind == minus {
			op = Sub
		}
		p.advance()
		y := p.product()
		x = &Binary{p.span(start), op, x, y}
	}
	return x
}

func (p *parser) product() Expr {
	start := p.tok.Start
	x := p.unary()
	for {
		op, ok := p.productOp()
		if !ok {
			return x
		}
		p.advance()
		y := p.unary()
		x = &Binary{p.span(start), op, x, y}
	}
}

// productOp reports whether the current token is one of * / %. A name in %… is taken apart: after an operand the percent
// sign is a modulo.
func (p *parser) productOp() (BinaryOp, bool) {
	switch p.tok.kind {
	case star:
		return Mul, true
	case slash:
		return Div, true
	case percent:
		return Mod, true
	case name:
		p.rescan(p.symbol)
		return Mod, true
	}
	return 0, false
}

func (p *parser) unary() Expr {
	start := p.tok.Start
	op := Neg
	switch p.tok.kind {
	case minus:
	case bang:
		op = Not
	default:
		return p.primary()
	}
	p.enter()
	defer p.leave()
	p.advance()
	x := p.unary()
	return &Unary{p.span(start), op, x}
}

func (p *parser) primary() Expr {
	t := p.tok
	switch t.kind {
	case num:
		p.advance()
		return newNumber(t)
	case str:
		p.advance()
		return &String{t.Span, t.text}
	case lparen:
		p.advance()
		x := p.expr()
		p.close(t.Span, "an operator or ')'")
		return x
	case lbracket:
		return p.subquery()
	case word:
		return p.word()
	}
	return p.field("an expression")
}

// word reads an operand that begins with a word: a literal, a call or a field.
func (p *parser) word() Expr {
	t := p.tok
	switch strings.ToLower(t.text) {
	case "true", "false":
		p.advance()
		return &Bool{t.Span, t.is("true")}
	case "null":
		p.advance()
		return &Null{t.Span}
	case "not":
		p.fail(&Error{Span: t.Span, Msg: "not is no word of expressions", Hint: "write !(…)"})
	case "matches":
		if p.peek().kind == lparen {
			p.fail(&Error{Span: t.Span, Msg: "matches is no function", Hint: `write x matches "glob*" or x matches /regex/`})
		}
	}
	if p.peek().kind == lparen && (!reserved(t.text) || t.is("if")) {
		return p.call()
	}
	if t.is("if") {
		p.advance()
		p.unexpected("'('")
	}
	return p.field("an expression")
}

func (p *parser) call() Expr {
	t := p.tok
	if t.is("lookupContains") { // its parenthesis follows: see word
		return p.lookupContains()
	}
	p.advance()
	args := p.args()
	at := p.span(t.Start)
	switch {
	case t.is("if"):
		if len(args) != 3 {
			p.fail(&Error{Span: at, Msg: "if takes a condition, a value and another value", Hint: "write if(condition, value, other)"})
		}
		return &Cond{at, args[0], args[1], args[2]}
	case t.is("contains"):
		if len(args) != 2 {
			p.fail(&Error{Span: at, Msg: "contains takes two arguments", Hint: "write contains(text, part)"})
		}
		return &Binary{at, Contains, args[0], args[1]}
	}
	return &Call{at, t.text, t.Span, args}
}

// args reads the arguments of a call in parentheses. A slash that begins one begins a regular expression.
func (p *parser) args() []Expr {
	opening := p.open()
	if p.accept(rparen) {
		return nil
	}
	args := []Expr{p.arg()}
	for p.accept(comma) {
		args = append(args, p.arg())
	}
	p.close(opening, "',' or ')'")
	return args
}

func (p *parser) arg() Expr {
	if p.tok.kind == slash {
		return p.regexLiteral()
	}
	return p.expr()
}
