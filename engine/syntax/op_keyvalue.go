package syntax

import "strings"

// KeyValue is keyvalue "user", "action" as u, a: it makes fields of the values behind keys. kv is the same operator.
type KeyValue struct {
	Span
	Field   *Field    // field=x; nil reads _raw
	Auto    bool      // auto: all pairs
	Regex   *Regex    // regex "…": what a value, or a key and a value, look like; nil: inferred
	Delim   *String   // delim ":" of auto; nil: any of the usual
	Keys    []*String // with or without the word keys before them
	RefOnly bool      // of auto: no other pairs than those of Keys
	As      []*Field  // names for Keys, by position; empty: made of the keys
	NoDrop  bool
}

func parseKeyValue(p *parser) Stage {
	start := p.tok.Start
	p.advance()
	k := &KeyValue{}
	seen := map[string]bool{}
	for p.tok.kind == word || p.tok.kind == str {
		option := "keys"
		if p.tok.kind == word {
			option = strings.ToLower(p.tok.text)
		}
		if seen[option] {
			p.fail(&Error{Span: p.tok.Span, Msg: option + " is given twice"})
		}
		seen[option] = true
		if !p.keyValueOption(k, option) {
			break
		}
	}
	p.endStage("infer, regex, auto, field=, delim, keys, refonly, as, nodrop, ")
	k.Span = p.span(start)
	return k
}

// keyValueOption reads one option; false if the current token is none.
func (p *parser) keyValueOption(k *KeyValue, option string) bool {
	switch option {
	case "field":
		k.Field = p.sourceField()
		return true
	case "keys":
		p.acceptWord("keys")
		k.Keys = p.keys()
		return true
	case "as":
		p.advance()
		k.As = p.targets()
		return true
	case "regex":
		p.advance()
		k.Regex = p.quotedRegex()
		return true
	case "delim":
		p.advance()
		p.accept(eq)
		if p.tok.kind != str {
			p.unexpected("a delimiter in quotes")
		}
		k.Delim = &String{p.tok.Span, p.tok.text}
	case "auto":
		k.Auto = true
	case "refonly":
		k.RefOnly = true
	case "nodrop":
		k.NoDrop = true
	case "infer":
	default:
		return false
	}
	p.advance()
	return true
}

func (k *KeyValue) print(p *printer) {
	p.text("keyvalue")
	p.source(k.Field)
	p.option(k.Auto, " auto")
	p.character(" delim ", k.Delim)
	if k.Regex != nil {
		p.text(` regex "` + escapeQuotes(k.Regex.Pattern) + `"`)
	}
	p.option(len(k.Keys) > 0, " keys ")
	p.quoted(k.Keys)
	p.option(k.RefOnly, " refonly")
	p.as(k.As)
	p.option(k.NoDrop, " nodrop")
}
