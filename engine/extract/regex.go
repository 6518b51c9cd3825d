package extract

import (
	"strings"

	"retrohunt/engine/regex"
	"retrohunt/engine/value"
)

// Regexes is the pattern of parse regex: one or more regular expressions, whose named groups are the values. All must be
// found, anywhere in the text and each for itself.
type Regexes struct{ list []*regex.Regex }

// NewRegexes compiles expressions.
func NewRegexes(sources []string) (*Regexes, error) {
	p := &Regexes{}
	for _, source := range sources {
		re, err := regex.Compile(source)
		if err != nil {
			return nil, err
		}
		p.list = append(p.list, re)
	}
	return p, nil
}

// Names returns the named groups in their order.
func (p *Regexes) Names() []string {
	var out []string
	for _, re := range p.list {
		for _, name := range re.SubexpNames() {
			if name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}

// Sources returns the expressions in RE2's syntax, all of which match somewhere in a text in which the pattern is found; "" for one
// that has no such form.
func (p *Regexes) Sources() []string {
	var out []string
	for _, re := range p.list {
		out = append(out, re.Source())
	}
	return out
}

// Searched returns the expressions, which count their searches that were given up.
func (p *Regexes) Searched() []*regex.Regex { return p.list }

func (p *Regexes) Finder() Finder { return p }

func (p *Regexes) String() string {
	var sources []string
	for _, re := range p.list {
		sources = append(sources, "/"+re.String()+"/")
	}
	return "regex " + strings.Join(sources, ", ")
}

// Find takes the first match of each expression. Finding allocates the places of a match; a text without one costs
// no memory.
func (p *Regexes) Find(text string, found []value.Value) bool {
	rest := found
	for _, re := range p.list {
		match := re.FindStringSubmatchIndex(text)
		if match == nil {
			clear(found)
			return false
		}
		rest = rest[groups(re, text, match, rest):]
	}
	return true
}

// Each calls row for each match of the one expression of a pattern, with found set. It reports whether there was a match.
func (p *Regexes) Each(text string, found []value.Value, row func()) bool {
	re := p.list[0]
	matches := re.FindAllStringSubmatchIndex(text, -1)
	for _, match := range matches {
		clear(found)
		groups(re, text, match, found)
		row()
	}
	return len(matches) > 0
}

// groups sets found to the named groups of a match and returns how many there are. A group that took no part in the match
// stays null.
func groups(re *regex.Regex, text string, match []int, found []value.Value) int {
	n := 0
	for i, name := range re.SubexpNames() {
		if name == "" {
			continue
		}
		if start, end := match[2*i], match[2*i+1]; start >= 0 {
			found[n] = value.OfString(text[start:end])
		}
		n++
	}
	return n
}
