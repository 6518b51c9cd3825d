package extract

import (
	"strings"

	"retrohunt/engine/regex"
	"retrohunt/engine/value"
)

// Keys is the pattern of keyvalue "user", "action": the value behind each key. How a pair looks is inferred, or a regular
// expression says it.
type Keys struct {
	keys []string
	re   *regex.Regex // nil: inferred
}

// NewKeys returns the pattern of pairs as they mostly look: see inferred.
func NewKeys(keys []string) *Keys { return &Keys{keys: keys} }

// NewKeysRegex returns the pattern of pairs that an expression describes. If it has one group, that is the
// value, and the match is the nearest behind the first occurrence of the key. If it has two they are key and value.
func NewKeysRegex(source string, keys []string) (*Keys, error) {
	re, err := regex.Compile(source)
	return &Keys{keys, re}, err
}

// Searched returns the expressions, which count their searches that were given up.
func (p *Keys) Searched() []*regex.Regex {
	if p.re == nil {
		return nil
	}
	return []*regex.Regex{p.re}
}

func (p *Keys) Finder() Finder { return p }

func (p *Keys) String() string {
	if p.re != nil {
		return "values by /" + p.re.String() + "/ of " + quoted(p.keys)
	}
	return "values of " + quoted(p.keys)
}

// Find looks for each key for itself.
func (p *Keys) Find(text string, found []value.Value) bool {
	whole := true
	for i, key := range p.keys {
		v, ok := p.valueOf(key, text)
		if ok {
			found[i] = value.OfString(v)
		}
		whole = whole && ok
	}
	return whole
}

func (p *Keys) valueOf(key, text string) (string, bool) {
	switch {
	case p.re == nil:
		return inferred(key, text)
	case p.re.NumSubexp() == 1:
		return p.behind(key, text)
	}
	return p.pair(key, text)
}

// behind returns the group of the nearest match behind the key.
func (p *Keys) behind(key, text string) (string, bool) {
	_, rest, ok := strings.Cut(text, key)
	if !ok {
		return "", false
	}
	match := p.re.FindStringSubmatchIndex(rest)
	if match == nil || match[2] < 0 {
		return "", false
	}
	return rest[match[2]:match[3]], true
}

// pair returns the second group of the first match whose first group is the key.
func (p *Keys) pair(key, text string) (string, bool) {
	for _, match := range p.re.FindAllStringSubmatchIndex(text, -1) {
		if match[2] >= 0 && text[match[2]:match[3]] == key && match[4] >= 0 {
			return text[match[4]:match[5]], true
		}
	}
	return "", false
}

// inferred returns the value behind the first occurrence of a key that begins a word and is followed by = or : or ->,
// with blanks or the key's closing quote before it.
func inferred(key, text string) (string, bool) {
	for from := 0; ; {
		i := strings.Index(text[from:], key)
		if i < 0 || key == "" {
			return "", false
		}
		from += i + len(key)
		if start := from - len(key); start > 0 && wordByte(text[start-1]) {
			continue
		}
		if rest, ok := separated(text[from:]); ok {
			return inferredValue(rest), true
		}
	}
}

// wordByte reports whether a character is part of a word, and no sign between words.
func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// separated returns what stands behind a separator and blanks.
func separated(text string) (rest string, ok bool) {
	if has(text, `"`) || has(text, "'") {
		text = text[1:]
	}
	text = strings.TrimLeft(text, blanks)
	for _, sign := range []string{"=", ":", "->"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			return strings.TrimLeft(rest, blanks), true
		}
	}
	return "", false
}

const blanks = " \t\r\n"

// inferredValue is what stands in quotes, or up to a blank, comma, semicolon, bracket or quote.
func inferredValue(text string) string {
	if has(text, `"`) {
		if in, _, closed := strings.Cut(text[1:], `"`); closed {
			return in
		}
	}
	if n := strings.IndexAny(text, blanks+`,;()[]{}"`); n >= 0 {
		return text[:n]
	}
	return text
}
