package naive

import (
	"regexp"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// What a pair looks like that is inferred: a separator behind the key, a value in quotes or up to a sign.
const (
	separator = `["']?[ \t\r\n]*(?:=|:|->)[ \t\r\n]*`
	pairValue = `(?:"([^"]*)"|([^ \t\r\n,;()\[\]{}"]*))`
)

// keyValue makes fields of the values behind keys. All must be there for the row to stay; with nodrop, one that is not is
// null.
func (p *pipeline) keyValue(s *syntax.KeyValue) {
	if s.Auto {
		p.keyValueAuto(s)
		return
	}
	keys, names := check.KeyValueNames(s)
	p.parse(s.Field, names, s.NoDrop, func(text value.Value) finding {
		values, matched := map[string]value.Value{}, true
		for i, key := range keys {
			v, ok := valueOf(key, text.Text(), s.Regex)
			if text.IsNull() || !ok {
				v, matched = value.Value{}, false
			}
			values[strings.ToLower(names[i])] = v
		}
		return finding{matched, []map[string]value.Value{values}}
	})
}

func valueOf(key, text string, re *syntax.Regex) (value.Value, bool) {
	if re == nil {
		pair := regexp.MustCompile(`(?:^|\W)` + regexp.QuoteMeta(key) + separator + pairValue)
		return ofPair(pair.FindStringSubmatchIndex(text), text)
	}
	pattern := regex.MustCompile(re.Pattern)
	if pattern.NumSubexp() == 2 {
		for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
			if m[2] >= 0 && m[4] >= 0 && text[m[2]:m[3]] == key {
				return value.OfString(text[m[4]:m[5]]), true
			}
		}
		return value.Value{}, false
	}
	start := strings.Index(text, key)
	if start < 0 {
		return value.Value{}, false
	}
	text = text[start+len(key):]
	m := pattern.FindStringSubmatchIndex(text)
	if m == nil || m[2] < 0 {
		return value.Value{}, false
	}
	return value.OfString(text[m[2]:m[3]]), true
}

// ofPair returns the value that the last two groups of a match hold, one of them.
func ofPair(m []int, text string) (value.Value, bool) {
	if m == nil {
		return value.Value{}, false
	}
	if m = m[len(m)-4:]; m[0] < 0 {
		m = m[2:]
	}
	return value.OfString(text[m[0]:m[1]]), true
}

// keyValueAuto makes a field of every pair, and those that keys are given; with refonly just these.
func (p *pipeline) keyValueAuto(s *syntax.KeyValue) {
	between := separator
	if s.Delim != nil {
		between = `["']?[ \t\r\n]*` + regexp.QuoteMeta(s.Delim.Value) + `[ \t\r\n]*`
	}
	pair := regexp.MustCompile(`([A-Za-z_][\w.\-]*?)` + between + pairValue)
	source := "_raw"
	if s.Field != nil {
		source = s.Field.Name
	}
	keys, names := check.KeyValueNames(s)
	for _, r := range p.rows {
		r.matched = false
		text, found := r.get(source).Text(), map[string]value.Value{}
		for _, m := range pair.FindAllStringSubmatchIndex(text, -1) {
			v, _ := ofPair(m, text)
			found[pairName(text[m[2]:m[3]])] = v
		}
		for name, v := range found {
			if !s.RefOnly && !r.isMeta(name) {
				r.set(name, v)
			}
		}
		for i, key := range keys {
			if v, ok := found[pairName(key)]; ok && names[i] != check.NoField {
				r.set(names[i], v)
			}
		}
	}
	for _, name := range names {
		if name != check.NoField {
			p.define(name)
		}
	}
}

// pairName is what a key is known by: in lower case, each sign but letters, digits and _ as _.
func pairName(key string) string {
	return strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(key, "_"))
}
