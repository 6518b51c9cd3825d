package extract

import (
	"regexp"
	"strings"

	"retrohunt/engine/value"
)

// AutoPairs is the pattern of keyvalue auto: every pair that a text has. Its values are those of the names that were asked
// for with Want.
type AutoPairs struct {
	re    *regexp.Regexp
	names map[string]int
}

// NewAutoPairs returns the pattern. Without a delimiter a key is followed by = or : or ->.
func NewAutoPairs(delim string) *AutoPairs {
	sign := "=|:|->"
	if delim != "" {
		sign = regexp.QuoteMeta(delim)
	}
	return &AutoPairs{
		re:    regexp.MustCompile(`([A-Za-z_][\w.\-]*?)["']?[ \t\r\n]*(?:` + sign + `)[ \t\r\n]*(?:"([^"]*)"|([^ \t\r\n,;()\[\]{}"]*))`),
		names: map[string]int{},
	}
}

// Want adds a value: that of a name in lower case.
func (p *AutoPairs) Want(name string) { p.names[name] = len(p.names) }

func (p *AutoPairs) Finder() Finder { return p }
func (p *AutoPairs) String() string { return "pairs" }

// Find sets the values of all wanted names that the text has. Of two pairs with one key the last one counts.
func (p *AutoPairs) Find(text string, found []value.Value) bool {
	matches := p.re.FindAllStringSubmatchIndex(text, -1)
	for _, m := range matches {
		i, ok := p.names[strings.ToLower(KeyName(text[m[2]:m[3]]))]
		switch {
		case !ok:
		case m[4] >= 0:
			found[i] = value.OfString(text[m[4]:m[5]])
		default:
			found[i] = value.OfString(text[m[6]:m[7]])
		}
	}
	return len(matches) > 0
}

// KeyName is the name of the field that keyvalue makes of a key: with _ for each character that is no letter, digit or _.
func KeyName(key string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && wordByte(byte(r)) {
			return r
		}
		return '_'
	}, key)
}
