package syntax

import "strings"

// JSONAuto is json auto: it makes a field of every JSON value in a message.
type JSONAuto struct {
	Span
	Field         *Field  // field=x; nil reads _raw
	MaxDepth      *Number // nil: no limit
	ExtractArrays bool
	Keys          []*String // keys "a", "b"; empty: all
	RefOnly       bool
	As            []*Field // names for Keys, by position; empty: the keys' own
	NoDrop        bool
}

func parseJSONAuto(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	p.advance()
	j := &JSONAuto{}
	seen := map[string]bool{}
	for p.tok.kind == word {
		option := strings.ToLower(p.tok.text)
		if seen[option] {
			p.fail(&Error{Span: p.tok.Span, Msg: option + " is given twice"})
		}
		seen[option] = true
		if !p.jsonAutoOption(j, option) {
			break
		}
	}
	p.endStage("field=, maxdepth, extractarrays, keys, refonly, as, nodrop, ")
	j.Span = p.span(start)
	return j
}

// jsonAutoOption reads one option; false if the current token is none.
func (p *parser) jsonAutoOption(j *JSONAuto, option string) bool {
	switch option {
	case "field":
		j.Field = p.sourceField()
		return true
	case "maxdepth":
		p.advance()
		j.MaxDepth = p.number("a number of levels")
		return true
	case "keys":
		p.advance()
		j.Keys = p.keys()
		return true
	case "as":
		p.advance()
		j.As = p.fieldList()
		return true
	case "extractarrays":
		j.ExtractArrays = true
	case "refonly":
		j.RefOnly = true
	case "nodrop":
		j.NoDrop = true
	default:
		return false
	}
	p.advance()
	return true
}

// keys reads "a", "b", ….
func (p *parser) keys() []*String {
	var list []*String
	for {
		if p.tok.kind != str {
			p.unexpected("a key in quotes")
		}
		list = append(list, &String{p.tok.Span, p.tok.text})
		p.advance()
		if !p.accept(comma) {
			return list
		}
	}
}

func (j *JSONAuto) print(p *printer) {
	p.text("json auto")
	p.source(j.Field)
	if j.MaxDepth != nil {
		p.text(" maxdepth " + j.MaxDepth.Text)
	}
	p.option(j.ExtractArrays, " extractarrays")
	p.option(len(j.Keys) > 0, " keys ")
	p.quoted(j.Keys)
	p.option(j.RefOnly, " refonly")
	p.as(j.As)
	p.option(j.NoDrop, " nodrop")
}
