package syntax

import "strings"

// ParseRegex is parse regex "user=(?<user>\w+)": it makes fields of the named groups of regular expressions. extract is
// the same operator.
type ParseRegex struct {
	Span
	Field    *Field // field=x; nil reads _raw
	Patterns []*Regex
	As       []*Field // an error that the checker reports
	NoDrop   bool
	Multi    bool // a row for each match
}

func parseExtract(p *parser) Stage { return p.parseRegex(p.tok.Start) }

// parseRegex reads the stage from the last word of its name on.
func (p *parser) parseRegex(start int) Stage {
	p.advance()
	s := &ParseRegex{}
	o := p.parseOptions(func() { s.Patterns = p.regexes() }, "nodrop", "multi", "as")
	s.Field, s.As, s.NoDrop, s.Multi = o.field, o.as, o.nodrop, o.multi
	s.Span = p.span(start)
	return s
}

// regexes reads regular expressions in quotes, with commas between them.
func (p *parser) regexes() []*Regex {
	var list []*Regex
	for {
		list = append(list, p.quotedRegex())
		if !p.accept(comma) {
			return list
		}
		p.acceptWord("regex") // some write it before each
	}
}

// quotedRegex reads a regular expression in quotes, of whose escapes only \" is resolved here.
func (p *parser) quotedRegex() *Regex {
	if p.tok.kind != str {
		p.unexpected("a regular expression in quotes")
	}
	re := &Regex{p.tok.Span, unescapeQuotes(p.src[p.tok.Start+1 : p.tok.End-1])}
	p.advance()
	return re
}

func (s *ParseRegex) print(p *printer) {
	p.text("parse regex")
	p.source(s.Field)
	for i, re := range s.Patterns {
		p.option(i > 0, ",")
		p.text(` "` + escapeQuotes(re.Pattern) + `"`)
	}
	p.as(s.As)
	p.option(s.NoDrop, " nodrop")
	p.option(s.Multi, " multi")
}

// unescapeQuotes resolves \" and keeps every other escape for the regex engine.
func unescapeQuotes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; s[i] != '"' {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// escapeQuotes is the way back.
func escapeQuotes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] != '"':
			b.WriteByte('\\')
			i++
		case s[i] == '"':
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
