package naive

import (
	"regexp"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// parseAnchors reads each pattern as a regular expression in which a star is as few characters as possible, the last one
// of all that follow.
func (p *pipeline) parseAnchors(s *syntax.ParseAnchors) {
	_, names := check.AnchorNames(s)
	p.parse(s.Field, names, s.NoDrop, func(text value.Value) finding {
		values := map[string]value.Value{}
		for _, t := range s.Terms {
			source := strings.ReplaceAll(regexp.QuoteMeta(t.Pattern.Value), `\*`, `(.*?)`)
			if rest, ok := strings.CutSuffix(source, `(.*?)`); ok {
				source = rest + `(.*)$`
			}
			match := regexp.MustCompile("(?s)" + source).FindStringSubmatch(text.Text())
			if match == nil || text.IsNull() {
				return nothing
			}
			for i, f := range t.As {
				values[strings.ToLower(f.Name)] = value.OfString(match[1+i])
			}
		}
		return finding{true, []map[string]value.Value{values}}
	})
}
