package syntax

import (
	"strings"

	"retrohunt/internal/pattern"
)

// wholeScope reads everything before the first pipe.
func (p *parser) wholeScope() Scope {
	p.advance()
	if p.tok.kind == end || p.tok.kind == pipe {
		return nil
	}
	read := p.scopeOr
	if p.startsCat() {
		read = p.cat
	}
	s := read()
	if p.tok.kind != end && p.tok.kind != pipe {
		p.unexpected("a search term or '|'")
	}
	return s
}

func (p *parser) scopeOr() Scope {
	p.enter()
	defer p.leave()
	start := p.tok.Start
	terms := []Scope{p.scopeAnd()}
	for p.acceptWord("or") {
		terms = append(terms, p.scopeAnd())
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &ScopeOr{p.span(start), terms}
}

// scopeAnd reads terms that stand side by side or with AND between them.
func (p *parser) scopeAnd() Scope {
	start := p.tok.Start
	terms := []Scope{p.scopeNot()}
	for p.acceptWord("and") || p.startsTerm() {
		terms = append(terms, p.scopeNot())
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &ScopeAnd{p.span(start), terms}
}

func (p *parser) startsTerm() bool {
	switch p.tok.kind {
	case word:
		return !p.tok.isAny("and", "or")
	case str, name, lparen, lbracket, bang:
		return true
	}
	return false
}

func (p *parser) scopeNot() Scope {
	start := p.tok.Start
	if !p.accept(bang) && !p.acceptWord("not") {
		return p.scopeTerm()
	}
	p.enter()
	defer p.leave()
	x := p.scopeNot()
	return &ScopeNot{p.span(start), x}
}

func (p *parser) scopeTerm() Scope {
	if !p.startsTerm() {
		p.unexpected("a search term")
	}
	switch p.tok.kind {
	case lparen:
		opening := p.open()
		x := p.scopeOr()
		p.close(opening, "a search term or ')'")
		return x
	case lbracket:
		return p.subquery()
	case str:
		k := &ScopeKeyword{Span: p.tok.Span, Text: p.tok.text, Phrase: true}
		p.advance()
		return k
	}
	return p.scopeWordTerm()
}

// scopeWordTerm reads a term that begins with a word: a comparison, a function, a list, or a keyword.
func (p *parser) scopeWordTerm() Scope {
	next := p.peek()
	switch {
	case scopeOps[next.kind] != 0:
		return p.scopeField()
	case next.kind == lparen && next.Start == p.tok.End && plainName(p.tok.text) && !reserved(p.tok.text):
		return p.expressionTerm((*parser).primary)
	case p.startsList(next):
		return p.expressionTerm((*parser).comparison)
	case p.tok.kind == name:
		p.advance()
		p.unexpected("'=' and a value after the field name")
	}
	k := &ScopeKeyword{Span: p.tok.Span, Text: p.tok.text}
	p.advance()
	return k
}

// scopeOps holds the comparisons of the scope, plus one so that 0 is none.
var scopeOps = map[kind]BinaryOp{eq: Eq + 1, ne: Ne + 1, lt: Lt + 1, le: Le + 1, gt: Gt + 1, ge: Ge + 1}

func (p *parser) scopeField() Scope {
	start := p.tok.Start
	if strings.ContainsAny(p.tok.text, "*?") && p.tok.kind == word {
		p.fail(&Error{Span: p.tok.Span, Msg: "a field name cannot hold wildcards", Hint: "name the field, or search for the text in quotes"})
	}
	f := &ScopeField{Field: &Field{p.tok.Span, p.tok.text}}
	p.advance()
	f.Op = scopeOps[p.tok.kind] - 1
	p.advance()
	if p.tok.kind == lt {
		p.noPlaceholder()
	}
	if p.tok.kind != word && p.tok.kind != str {
		p.unexpected("a value")
	}
	f.Value, f.Quoted = p.tok.text, p.tok.kind == str
	p.advance()
	f.Span = p.span(start)
	return f
}

// placeholder is what published queries have for a value that is the reader's own: _sourceCategory=<ASA_LOGS>.
var placeholder = pattern.New(`^<[^<>|"\n]*>`)

// noPlaceholder reports a placeholder where a value should stand.
func (p *parser) noPlaceholder() {
	if text := placeholder().FindString(p.src[p.tok.Start:]); text != "" {
		at := Span{p.tok.Start, p.tok.Start + len(text)}
		p.fail(&Error{Span: at, Msg: text + " stands for a value of yours", Hint: "write that value, or * for any"})
	}
}

// expressionTerm reads an expression in the scope, by the lexical rules of expressions.
func (p *parser) expressionTerm(read func(*parser) Expr) Scope {
	p.scope, p.scopeExpr = false, true
	p.rescan(p.next)
	start := p.tok.Start
	x := read(p)
	p.scope, p.scopeExpr = true, false
	at := p.span(start)
	p.rescan(p.next)
	return &ScopeExpr{at, x}
}

// startsList reports whether x in ("a", … begins at the current token. The keywords of: logged in (mail or web) do not.
func (p *parser) startsList(next token) bool {
	if p.tok.kind == word && !plainName(p.tok.text) || !next.isAny("in", "not") {
		return false
	}
	ahead := p.lexer
	ahead.scope = false
	if t := ahead.next(); t.is("not") && !ahead.next().is("in") {
		return false
	}
	if ahead.next().kind != lparen {
		return false
	}
	first, after := ahead.next(), ahead.next()
	return (first.kind == str || first.kind == num) && (after.kind == comma || after.kind == rparen)
}
