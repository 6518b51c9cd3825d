package naive

import (
	"slices"

	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// trace goes through the messages from the oldest or from the newest, or, both ways, adds the values of messages that have a known one, until none is added.
func (p *pipeline) trace(s *syntax.Trace) {
	re := regex.MustCompile(s.Regex.Pattern)
	if s.Way != syntax.Bothways {
		p.traceOneWay(s, re)
		return
	}
	known := map[string]bool{s.Start.Value: true}
	isKnown := func(v string) bool { return known[v] }
	for before := 0; before < len(known); {
		before = len(known)
		for _, r := range p.rows {
			if found := valuesIn(re, r); slices.ContainsFunc(found, isKnown) {
				for _, v := range found {
					known[v] = true
				}
			}
		}
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return !slices.ContainsFunc(valuesIn(re, r), isKnown) })
}

func (p *pipeline) traceOneWay(s *syntax.Trace, re *regex.Regex) {
	inTime := p.inTime()
	if s.Way == syntax.Backwards {
		inTime = slices.Clone(p.rows)
		slices.SortStableFunc(inTime, func(a, b *row) int { return newestFirst(a.get("_messageTime"), b.get("_messageTime")) })
	}
	known := []string{s.Start.Value}
	kept := map[*row]bool{}
	for _, r := range inTime {
		found := valuesIn(re, r)
		if slices.ContainsFunc(found, func(v string) bool { return slices.Contains(known, v) }) {
			kept[r] = true
			known = append(known, found...)
		}
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return !kept[r] })
}

// newestFirst orders times; null is last.
func newestFirst(a, b value.Value) int {
	if a.IsNull() || b.IsNull() {
		return value.Compare(a, b)
	}
	return value.Compare(b, a)
}

func valuesIn(re *regex.Regex, r *row) (found []string) {
	text := r.get("_raw").Text()
	for _, match := range re.FindAllStringSubmatchIndex(text, -1) {
		if len(match) == 2 {
			found = append(found, text[match[0]:match[1]])
		}
		for i := 2; i < len(match); i += 2 {
			if match[i] >= 0 {
				found = append(found, text[match[i]:match[i+1]])
			}
		}
	}
	return found
}
