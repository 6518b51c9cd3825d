package plan

import (
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
)

// keyValue makes fields of the values of keys. What is not found is null, whatever the field was before.
func (b *builder) keyValue(s *syntax.KeyValue) {
	if s.Auto {
		b.keyValueAuto(s)
		return
	}
	keys, names := check.KeyValueNames(s)
	pattern := extract.NewKeys(keys)
	if s.Regex != nil {
		var err error
		if pattern, err = extract.NewKeysRegex(s.Regex.Pattern, keys); err != nil {
			panic("plan: check let a regex through that does not compile: " + err.Error())
		}
	}
	b.root.Regexes = append(b.root.Regexes, pattern.Searched()...)
	b.parse(parsing{field: s.Field, pattern: pattern, names: names, nodrop: s.NoDrop})
}

// keyValueAuto gives every name but those of metadata the value of its pair, where there is one, and the names that keys are
// given those of their pairs; with refonly just these. It drops no row, and like json auto it has no part in chains.
func (b *builder) keyValueAuto(s *syntax.KeyValue) {
	delim := ""
	if s.Delim != nil {
		delim = s.Delim.Value
	}
	pattern := extract.NewAutoPairs(delim)
	op := &Parse{From: b.source(s.Field), Pattern: pattern, NoDrop: true, Matched: -1}
	b.op(op)
	b.chain = nil
	section, known := b.section, map[string]*Local{}
	pair := func(name string) Expr {
		if known[name] == nil {
			known[name] = &Local{section.slot(name), name}
			pattern.Want(name)
			op.Names = append(op.Names, name)
			op.Slots = append(op.Slots, known[name].Slot)
		}
		return known[name]
	}
	if before := b.names; !s.RefOnly {
		b.names = before.withAll(func(name string, parsed meaning) Expr { return coalesce(pair(name), before.get(name, parsed)) })
	}
	keys, targets := check.KeyValueNames(s)
	for i, key := range keys {
		before := b.names
		b.names = before.with(strings.ToLower(targets[i]), func(name string, parsed meaning) Expr {
			return coalesce(pair(strings.ToLower(extract.KeyName(key))), before.get(name, parsed))
		})
	}
}
