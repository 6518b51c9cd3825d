package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of a query.
const (
	// MaxQuery is the length of the longest query that Sumo takes, in characters (K/build-search/search-syntax).
	MaxQuery = 15000
	// maxDepth is how deep parentheses, calls and signs may nest. Sumo publishes no limit; this one keeps the stack small.
	maxDepth = 500
)

// Parse reads a query. The error is an ErrorList of *Error and *UnsupportedError, at most one for each stage and in the
// order of their places; after a mistake it goes on at the next pipe. With an error the tree has a BadStage for each stage
// that could not be read, and a scope that could not be read is missing: good for finding more mistakes, not for running.
//
// Parse knows the grammar only. A stage whose operator has no grammar here becomes an UnknownStage, without an error.
func Parse(src string) (*Query, error) {
	if n := utf8.RuneCountInString(src); n > MaxQuery {
		return nil, ErrorList{&Error{
			Span: Span{0, len(src)},
			Msg:  fmt.Sprintf("the query has %d characters, a query can have up to 15,000", n),
		}}
	}
	p := parser{lexer: lexer{src: src, scope: true}}
	q := p.query()
	if len(p.errs) > 0 {
		p.errs.Sort()
		return q, p.errs
	}
	return q, nil
}

// parser is a recursive-descent parser with one token of lookahead. A method that reads something expects p.tok to be
// its first token and leaves p.tok at the first token after it. A mistake is a panic with a mistake value, which attempt
// recovers at the end of the stage; so no method returns an error.
type parser struct {
	lexer
	tok   token // the token to read next
	last  int   // end of the last token read
	depth int
	errs  ErrorList

	nested     int         // of how many subqueries this is the inside
	subqueries []*Subquery // read so far, but for those within others

	child     bool // the stages of a filter are read, which a parenthesis ends
	scopeExpr bool // an expression of the scope is read; what stands behind its last parenthesis is read by other rules
}

// mistake carries an *Error or *UnsupportedError to attempt.
type mistake struct{ error }

func (p *parser) query() *Query {
	q := &Query{}
	p.attempt(0, func() { q.Scope = p.wholeScope() })
	p.scope = false
	for p.tok.kind == pipe {
		start := p.tok.End
		var s Stage
		whole := p.attempt(start, func() {
			p.advance()
			s = p.stage()
			p.endStage("")
		})
		if !whole {
			s = &BadStage{p.span(start), strings.TrimSpace(p.src[start:p.last])}
		}
		q.Stages = append(q.Stages, s)
	}
	q.Span, q.Subqueries = Span{0, len(p.src)}, p.subqueries
	return q
}

// attempt calls read and reports whether it found no mistake. If it finds one, attempt notes it and moves to the end of the
// stage that begins at start.
func (p *parser) attempt(start int, read func()) (whole bool) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case mistake:
			p.errs = append(p.errs, r.error)
			p.skipStage(start)
		default:
			panic(r)
		}
	}()
	p.depth, p.child, p.scopeExpr, p.characters = 0, false, false, false
	read()
	return true
}

// skipStage moves to the pipe that ends the stage beginning at start. It returns what the stage leaves open, or -1.
func (p *parser) skipStage(start int) (open int) {
	s, open := skipStage(p.src, start)
	p.pos, p.last = s.pos, s.last
	p.tok = token{Span: Span{p.pos, p.pos}}
	if p.pos < len(p.src) {
		p.tok = p.take(pipe, 1)
	}
	return open
}

// advance reads the current token.
func (p *parser) advance() {
	mayEnd := p.scopeExpr && p.tok.kind == rparen
	p.last = p.tok.End
	p.tok = p.next()
	if p.tok.kind == bad && !mayEnd {
		panic(mistake{p.tok.err})
	}
}

// rescan reads the current token anew, as what scan finds at its first byte.
func (p *parser) rescan(scan func() token) {
	p.pos = p.tok.Start
	p.tok = scan()
	if p.tok.kind == bad {
		panic(mistake{p.tok.err})
	}
}

// peek returns the token after the current one; it may be a bad one.
func (p *parser) peek() token {
	ahead := p.lexer
	return ahead.next()
}

// span returns the place from start to the end of the last token read.
func (p *parser) span(start int) Span { return Span{start, p.last} }

// accept reads the current token if it is of kind k.
func (p *parser) accept(k kind) bool {
	if p.tok.kind != k {
		return false
	}
	p.advance()
	return true
}

// acceptWord reads the current token if it is the keyword w.
func (p *parser) acceptWord(w string) bool {
	if !p.tok.is(w) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(k kind, want string) {
	if !p.accept(k) {
		p.unexpected(want)
	}
}

// open reads an opening parenthesis and returns its place, for close.
func (p *parser) open() Span {
	at := p.tok.Span
	p.expect(lparen, "'('")
	return at
}

// close reads the closing parenthesis of the one at opening. want says what else could stand here.
func (p *parser) close(opening Span, want string) {
	if p.accept(rparen) {
		return
	}
	e := p.surprise(want)
	if p.tok.kind == end || p.tok.kind == pipe {
		e.Msg = "this parenthesis is never closed"
		e.Span = opening
	}
	e.Opening = &opening
	p.fail(e)
}

// enter guards the stack; leave is called on the way back.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail(&Error{Span: p.tok.Span, Msg: fmt.Sprintf("this nests deeper than %d levels", maxDepth)})
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) fail(e error) { panic(mistake{e}) }

// unexpected reports the current token. want names what could stand here.
func (p *parser) unexpected(want string) { p.fail(p.surprise(want)) }

func (p *parser) surprise(want string) *Error {
	if p.tok.kind == bad {
		return p.tok.err
	}
	at := p.tok.Span
	if p.tok.kind == end {
		at = Span{p.last, p.last} // not behind blanks and comments, maybe lines below
	}
	return &Error{Span: at, Msg: "unexpected " + p.found(), Want: want}
}

// found describes the current token.
func (p *parser) found() string {
	if p.tok.kind == end {
		return "end of query"
	}
	const most = 40 // characters
	text := []rune(p.src[p.tok.Start:p.tok.End])
	switch {
	case len(text) > most:
		return string(text[:most]) + "…"
	case p.tok.kind > regex: // punctuation
		return "'" + string(text) + "'"
	}
	return string(text)
}

// field reads the name of a field.
func (p *parser) field(want string) *Field {
	if !p.startsField() {
		p.unexpected(want)
	}
	start := p.tok.Start
	p.accept(percent) // before a quote, with blanks between
	f := &Field{Name: p.tok.text}
	p.advance()
	f.Span = p.span(start)
	return f
}

// startsField reports whether the current token can name a field.
func (p *parser) startsField() bool {
	switch p.tok.kind {
	case word:
		return !reserved(p.tok.text)
	case percent:
		next := p.peek()
		return next.kind == str && next.text != ""
	}
	return p.tok.kind == name
}

// fieldList reads names with commas between them.
func (p *parser) fieldList() []*Field {
	list := []*Field{p.field("a field name")}
	for p.accept(comma) {
		list = append(list, p.field("a field name"))
	}
	return list
}

// reserved reports whether a word names a field only as %"word".
func reserved(w string) bool {
	switch strings.ToLower(w) {
	case "and", "or", "not", "true", "false", "null", "if", "in", "matches", "as", "by":
		return true
	}
	return false
}
