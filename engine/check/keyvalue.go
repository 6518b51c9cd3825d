package check

import (
	"fmt"

	"retrohunt/engine/catalog"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// KeyValueNames returns the keys of a keyvalue stage and the names of the fields that it makes.
func KeyValueNames(k *syntax.KeyValue) (keys, names []string) {
	keys = texts(k.Keys)
	if len(k.As) > 0 {
		return keys, FieldNames(k.As)
	}
	for _, key := range keys {
		names = append(names, extract.KeyName(key))
	}
	return keys, names
}

func (c *checker) keyValue(k *syntax.KeyValue) {
	c.source(k.Field, k.Span)
	if k.Regex != nil {
		c.keyValueRegex(k.Regex)
	}
	switch {
	case k.Auto && k.Regex != nil:
		c.mistake(k.Regex.Span, "keyvalue auto takes no regular expression", "for example: keyvalue auto")
	case k.RefOnly && (!k.Auto || len(k.Keys) == 0):
		c.mistake(k.Span, "refonly stands only with auto and keys", `for example: keyvalue auto keys "user" refonly`)
	case !k.Auto && k.Delim != nil:
		c.mistake(k.Delim.Span, "delim stands only with auto", `for example: keyvalue auto delim ":"`)
	case !k.Auto && len(k.Keys) == 0:
		c.mistake(k.Span, "keyvalue needs keys", `for example: keyvalue "user", "action"`)
	case len(k.As) > 0 && len(k.As) != len(k.Keys):
		c.mistake(k.As[0].Span, fmt.Sprintf("%s for %s", count(len(k.As), "name"), count(len(k.Keys), "key")), "")
	case k.Auto && !c.columns.open:
		c.unsupported(k.Span, "keyvalue auto after an aggregate", catalog.Planned, `name the keys: keyvalue field=… "user", "action"; or put it before the aggregate`)
		c.lost = true
	}
	for _, key := range k.Keys {
		if key.Value == "" {
			c.mistake(key.Span, "a key cannot be empty", "")
		}
	}
	_, names := KeyValueNames(k)
	c.targets(names)
}

// keyValueRegex checks that an expression has a group for the value, and at most one more for the key.
func (c *checker) keyValueRegex(r *syntax.Regex) {
	if re := c.regex(r); re != nil && (re.NumSubexp() < 1 || re.NumSubexp() > 2) {
		c.mistake(r.Span, "this regular expression must have one group, the value, or two, the key and the value", `for example: "=(\S+)"`)
	}
}
