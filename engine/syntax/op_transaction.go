package syntax

// Transaction follows messages with the same values of the On fields through states.
type Transaction struct {
	Span
	On      []*Field
	Fringe  *Number  // transactions so near to an end of the searched range are left out; nil: none
	States  []*State // all of one kind
	In      *Field   // of listed states: the field that has them; nil: _raw
	Results string   // transactions, or flow
}

// State is a text that messages in a state have, and the state's name. A listed state is login, or login as x; others are
// "*login*" in action as login.
type State struct {
	Span
	Listed  *Field  // nil: Pattern says what the field has
	Pattern *String // a glob
	In      *Field  // of a Pattern; nil: _raw
	As      *Field  // of a listed state nil: its own name
}

func parseTransaction(p *parser) Stage {
	t := &Transaction{Results: "transactions"}
	start := p.tok.Start
	p.advance()
	p.keyword("on")
	t.On = p.fieldList()
	if p.acceptWord("fringe") {
		p.expect(eq, "'='")
		t.Fringe = p.number("a time such as 10m")
	}
	if !p.tok.is("with") {
		p.unexpected("a comma, fringe= or with")
	}
	p.advance()
	if p.acceptWord("states") {
		p.listedStates(t)
	} else {
		t.States = p.statePatterns()
	}
	if p.acceptWord("results") {
		p.keyword("by")
		t.Results = p.transactionResults()
	}
	p.endStage("a comma, results by, ")
	t.Span = p.span(start)
	return t
}

// listedStates reads login, cart as basket, 200 in action.
func (p *parser) listedStates(t *Transaction) {
	for {
		start := p.tok.Start
		s := &State{}
		if p.tok.kind == num || p.tok.kind == str && p.tok.text != "" {
			s.Listed = &Field{p.tok.Span, p.tok.text}
			p.advance()
		} else {
			s.Listed = p.field("a state")
		}
		if p.acceptWord("as") {
			s.As = p.field("a name for the state")
		}
		s.Span = p.span(start)
		t.States = append(t.States, s)
		if !p.accept(comma) {
			break
		}
	}
	if p.acceptWord("in") {
		t.In = p.field("the field with the states")
	}
}

// statePatterns reads "*login*" as login, with "cart*" in url as cart.
func (p *parser) statePatterns() []*State {
	var list []*State
	for {
		if p.tok.kind != str {
			p.unexpected("states, or a pattern in quotes")
		}
		start := p.tok.Start
		s := &State{Pattern: &String{p.tok.Span, p.tok.text}}
		p.advance()
		if p.acceptWord("in") {
			s.In = p.field("the field with the state")
		}
		p.keyword("as")
		s.As = p.field("a name for the state")
		s.Span = p.span(start)
		list = append(list, s)
		if !p.accept(comma) {
			return list
		}
		p.acceptWord("with")
	}
}

func (p *parser) transactionResults() string {
	word := p.tok
	switch {
	case word.isAny("transactions", "transaction"):
		p.advance()
		if p.tok.is("showing") {
			p.fail(&UnsupportedError{Span: p.tok.Span, What: "transaction with showing", Why: "not built yet", Hint: "leave it out, and keep the columns that you want: | fields a, b"})
		}
		return "transactions"
	case p.acceptWord("flow"):
		return "flow"
	case word.isAny("states", "state"):
		p.fail(&UnsupportedError{Span: word.Span, What: "transaction with results by states", Why: "what Sumo Logic makes of it is not documented", Hint: "ask for the transactions, or for results by flow, and count them"})
	}
	p.unexpected("transactions or flow")
	return ""
}

func (t *Transaction) print(p *printer) {
	p.text("transaction on ")
	p.fields(t.On)
	if t.Fringe != nil {
		p.text(" fringe=" + t.Fringe.Text)
	}
	p.text(" with ")
	p.option(t.States[0].Listed != nil, "states ")
	for i, s := range t.States {
		p.comma(i)
		s.print(p)
	}
	if t.In != nil {
		p.text(" in ")
		p.field(t.In)
	}
	p.text(" results by " + t.Results)
}

func (s *State) print(p *printer) {
	if s.Listed != nil {
		p.field(s.Listed)
	} else {
		p.text(quote(s.Pattern.Value))
	}
	if s.In != nil {
		p.text(" in ")
		p.field(s.In)
	}
	if s.As != nil {
		p.text(" as ")
		p.field(s.As)
	}
}
