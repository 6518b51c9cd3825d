package syntax

// Sort orders rows by its keys, the first key first; without keys by the last column. order is the same operator.
type Sort struct {
	Span
	Keys []SortKey
}

// SortKey is one key of a sort; descending unless the query says otherwise.
type SortKey struct {
	Span
	Field *Field
	Asc   bool
}

func parseSort(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	p.acceptWord("by")
	if p.stageEnds() { // published queries do it
		return &Sort{Span: p.span(start)}
	}
	keys := p.sortKeys()
	return &Sort{p.span(start), keys}
}

// sortKeys reads keys with commas between them.
func (p *parser) sortKeys() []SortKey {
	keys := []SortKey{p.sortKey()}
	for p.accept(comma) {
		keys = append(keys, p.sortKey())
	}
	return keys
}

// sortKey reads f, +f, -f, f asc or f desc. The direction binds to its own key only.
func (p *parser) sortKey() SortKey {
	start := p.tok.Start
	var key SortKey
	switch {
	case p.accept(plus):
		key.Asc = true
		key.Field = p.field("a field name")
	case p.accept(minus):
		key.Field = p.field("a field name")
	default:
		key.Field = p.field("a field to sort by")
		if key.Asc = p.acceptWord("asc"); !key.Asc {
			p.acceptWord("desc")
		}
	}
	key.Span = p.span(start)
	return key
}

func (s *Sort) print(p *printer) {
	p.text("sort")
	if len(s.Keys) > 0 {
		p.text(" by ")
		p.sortKeys(s.Keys)
	}
}

func (p *printer) sortKeys(keys []SortKey) {
	for i, key := range keys {
		p.comma(i)
		p.field(key.Field)
		if key.Asc {
			p.text(" asc")
		} else {
			p.text(" desc")
		}
	}
}
