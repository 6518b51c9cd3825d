package naive

import (
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// split cuts a text at its delimiters and makes fields of some of the pieces.
func (p *pipeline) split(s *syntax.Split) {
	columns, names := check.SplitColumns(s)
	p.parse(s.Field, names, true, func(text value.Value) finding {
		var all []string
		if !text.IsNull() {
			all = pieces(s, text.Text())
		}
		values := map[string]value.Value{}
		for i, n := range columns {
			v := value.Value{}
			if n <= len(all) {
				v = value.OfString(all[n-1])
			}
			values[strings.ToLower(names[i])] = v
		}
		return finding{true, []map[string]value.Value{values}}
	})
	for _, r := range p.rows {
		r.matched = false
	}
}

// pieces looks at one byte after the other, as far as an escape or a quote does not take several.
func pieces(s *syntax.Split, text string) []string {
	delim, quote, escape := check.SplitSigns(s)
	out := []string{""}
	begins, inQuotes := true, false // begins: only blanks so far
	for text != "" {
		last := len(out) - 1
		add := text[:1]
		next := 1
		switch after, escaped := strings.CutPrefix(text, escape); {
		case begins && strings.HasPrefix(text, quote):
			out[last], add, inQuotes, next = "", "", true, len(quote)
		case escaped && escape != quote && startsWith(after, quote, delim, escape) != "":
			add = startsWith(after, quote, delim, escape)
			next = len(escape) + len(add)
		case inQuotes && strings.HasPrefix(text, quote+quote):
			add, next = quote, 2*len(quote)
		case inQuotes && strings.HasPrefix(text, quote):
			add, inQuotes, next = "", false, len(quote)
		case !inQuotes && strings.HasPrefix(text, delim):
			out, add, next = append(out, ""), "", len(delim)
			begins, text = true, text[next:]
			continue
		}
		begins = begins && add == " "
		out[last] += add
		text = text[next:]
	}
	return out
}

// startsWith returns the first of some texts that another starts with.
func startsWith(text string, with ...string) string {
	for _, w := range with {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}
