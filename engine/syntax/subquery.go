package syntax

import (
	"fmt"
	"strings"

	"retrohunt/internal/pattern"
)

// Subquery stands for a condition that the rows of another query make: the fields that Compose names have the values of one row.
// It is a term of the scope or an expression.
type Subquery struct {
	Span
	From, To *Moment // nil: as the query around it
	Query    *Query
	Compose  *Compose
}

// Moment is a time as it is written in from=(…) and to=(…).
type Moment struct {
	Span
	Text string
}

func (*Subquery) scope() {}
func (*Subquery) expr()  {}

// maxNested is how deep subqueries stand in one another. Sumo publishes no limit; the logs are read once more for each level.
const maxNested = 8

var (
	subqueryHead = pattern.New(`(?is)^\s*subquery((?:\s*\b(?:from|to)\s*=\s*\([^()]*\))*)\s*:`)
	subqueryEnds = pattern.New(`(?is)\b(from|to)\s*=\s*\(\s*([^()]*?)\s*\)`)
)

// subquery reads the [subquery: … | compose …] at the current token. Its query is read by a parser of its own, up to the bracket.
func (p *parser) subquery() *Subquery {
	at := p.tok.Span
	closing := bracketEnd(p.src, at.Start)
	if closing < 0 {
		p.fail(&Error{Span: at, Msg: "this bracket is never closed", Want: "']'", Opening: &at})
	}
	head := subqueryHead().FindStringSubmatchIndex(p.src[at.End : closing-1])
	switch {
	case head == nil && p.peekSubquery():
		p.fail(&Error{Span: Span{at.Start, closing}, Msg: "a subquery begins with its name and a colon", Hint: "for example: [subquery from=(-1h): error | compose user]"})
	case head == nil:
		p.unexpected("a search term or an expression")
	case p.nested == maxNested:
		p.fail(&Error{Span: at, Msg: fmt.Sprintf("this nests deeper than %d subqueries", maxNested)})
	}
	s := &Subquery{Span: Span{at.Start, closing}}
	s.ends(p, at.End+head[2], at.End+head[3])
	inner := parser{lexer: lexer{src: p.src[:closing-1], pos: at.End + head[1], scope: true}, nested: p.nested + 1}
	s.Query = inner.query()
	s.Query.Span.Start = at.End + head[1]
	p.errs = append(p.errs, inner.errs...)
	s.compose(p)
	p.subqueries = append(p.subqueries, s)
	p.pos, p.tok = closing, token{Span: s.Span, kind: rbracket}
	p.advance()
	return s
}

// peekSubquery reports whether the word behind the bracket begins like a subquery.
func (p *parser) peekSubquery() bool {
	text := p.peek().text
	return len(text) >= len("subquery") && strings.EqualFold(text[:len("subquery")], "subquery")
}

// ends reads from=(…) and to=(…) between two places.
func (s *Subquery) ends(p *parser, start, end int) {
	for _, m := range subqueryEnds().FindAllStringSubmatchIndex(p.src[start:end], -1) {
		moment := &Moment{Span{start + m[4], start + m[5]}, strings.Clone(p.src[start+m[4] : start+m[5]])}
		to := &s.From
		if strings.EqualFold(p.src[start+m[2]:start+m[3]], "to") {
			to = &s.To
		}
		if *to != nil {
			p.fail(&Error{Span: moment.Span, Msg: "this end of the time range is given twice"})
		}
		*to = moment
	}
}

// compose takes the last stage away from the query's own.
func (s *Subquery) compose(p *parser) {
	stages := s.Query.Stages
	if len(stages) > 0 {
		if last, ok := stages[len(stages)-1].(*Compose); ok {
			s.Compose, s.Query.Stages = last, stages[:len(stages)-1]
			return
		}
		if _, bad := stages[len(stages)-1].(*BadStage); bad {
			return
		}
	}
	p.fail(&Error{Span: s.Span, Msg: "a subquery ends with compose", Hint: "for example: [subquery: error | count by user | compose user]"})
}

func (p *printer) subquery(s *Subquery) {
	p.text("[subquery")
	if s.From != nil {
		p.text(" from=(" + s.From.Text + ")")
	}
	if s.To != nil {
		p.text(" to=(" + s.To.Text + ")")
	}
	p.text(": ")
	if s.Query.Scope != nil {
		p.scope(s.Query.Scope, anything)
	}
	for _, stage := range s.Query.Stages {
		p.text(" | ")
		stage.print(p)
	}
	p.text(" | ")
	s.Compose.print(p)
	p.text("]")
}
