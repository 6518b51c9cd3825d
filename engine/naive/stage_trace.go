package naive

import (
	"slices"

	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
)

// trace adds the values of messages that have a known one, until none is added.
func (p *pipeline) trace(s *syntax.Trace) {
	re := regex.MustCompile(s.Regex.Pattern)
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
