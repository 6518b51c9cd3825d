package naive

import (
	"strings"

	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

func (p *pipeline) parseRegex(s *syntax.ParseRegex) {
	var names []string
	var list []*regex.Regex
	for _, r := range s.Patterns {
		re := regex.MustCompile(r.Pattern)
		for _, name := range re.SubexpNames() {
			if name != "" {
				names = append(names, name)
			}
		}
		list = append(list, re)
	}
	most := 1
	if s.Multi {
		most = -1
	}
	p.parse(s.Field, names, s.NoDrop, func(text value.Value) finding {
		found := finding{matched: true}
		for _, re := range list {
			matches := re.FindAllStringSubmatchIndex(text.Text(), most)
			if matches == nil || text.IsNull() {
				return nothing
			}
			for i, match := range matches {
				if i == len(found.rows) {
					found.rows = append(found.rows, map[string]value.Value{})
				}
				addGroups(found.rows[i], re, text.Text(), match)
			}
		}
		return found
	})
}

// addGroups adds the groups of a match; one that took no part in it is null.
func addGroups(values map[string]value.Value, re *regex.Regex, text string, match []int) {
	for i, name := range re.SubexpNames()[1:] {
		if name == "" {
			continue
		}
		v := value.Value{}
		if at := match[2+2*i]; at >= 0 {
			v = value.OfString(text[at:match[3+2*i]])
		}
		values[strings.ToLower(name)] = v
	}
}
