package plan

import (
	"fmt"
	"maps"
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/normalize"
)

// Extract is json auto over a text that the row holds: field=x, or _raw after the query gave it a new value. Over the
// event itself json auto is no operator at all: it only says which fields to ask the normalizer for.
type Extract struct {
	From   Expr
	Fields []normalize.Field // one for each slot
	Slots  []int
}

func (op *Extract) expressions() []*Expr { return []*Expr{&op.From} }
func (op *Extract) defines() []int       { return op.Slots }

func (op *Extract) String() string {
	parts := make([]string, len(op.Fields))
	for i, f := range op.Fields {
		parts[i] = fmt.Sprintf("%s#%d", f.Name, op.Slots[i])
	}
	return fmt.Sprintf("%s = json auto of %s", strings.Join(parts, ", "), op.From)
}

// jsonAuto gives names the meaning that json auto gives them: what it finds overwrites what was there, what it does not
// find leaves it. With keys and refonly it makes just these names, else every name. Over the event itself it decides alone,
// by its own options, which fields the event has: what was only auto-parsed does not show through.
func (b *builder) jsonAuto(s *syntax.JSONAuto) {
	extract, overEvent := b.extraction(s)
	overwritten := func(n names, name, key string, parsed meaning) Expr {
		if overEvent {
			parsed = b.metadata
		}
		return coalesce(extract(key), n.get(name, parsed))
	}
	if len(s.Keys) == 0 || !s.RefOnly {
		before := b.names
		b.names = before.withAll(func(name string, parsed meaning) Expr { return overwritten(before, name, name, parsed) })
	}
	for i, key := range s.Keys {
		name, before := key.Value, b.names
		if i < len(s.As) {
			name = s.As[i].Name
		}
		b.names = before.with(strings.ToLower(name), func(name string, parsed meaning) Expr {
			return overwritten(before, name, b.spell(key.Value, keyName(key.Value)), parsed)
		})
	}
}

// withAll gives all names but those of metadata another meaning, which looks at what was parsed only when the name is used.
func (n names) withAll(value func(name string, parsed meaning) Expr) names {
	return names{made: map[string]Expr{}, open: func(name string, parsed meaning) Expr {
		if normalize.IsBuiltin(name) {
			return n.get(name, parsed)
		}
		return value(name, parsed)
	}}
}

// with gives a name in lower case another meaning, which looks at what was parsed only when the name is used.
func (n names) with(name string, open func(string, meaning) Expr) names {
	made := maps.Clone(n.made)
	delete(made, name)
	return names{made, func(other string, parsed meaning) Expr {
		if other == name {
			return open(name, parsed)
		}
		return n.open(other, parsed)
	}}
}

// keyName returns the name of a key's field: in lower case, blanks as underscores.
func keyName(key string) string { return strings.ReplaceAll(strings.ToLower(key), " ", "_") }

// coalesce leaves out what is null at any rate.
func coalesce(x, y Expr) Expr {
	if c, ok := y.(*Const); ok && c.Value.IsNull() {
		return x
	}
	return &Coalesce{x, y}
}

// extraction returns what yields the value of a key of this json auto, and whether it reads the event itself.
func (b *builder) extraction(s *syntax.JSONAuto) (extract func(key string) Expr, overEvent bool) {
	options := normalize.Field{ExtractArrays: s.ExtractArrays}
	if s.MaxDepth != nil {
		options.MaxDepth = int(s.MaxDepth.Int)
	}
	with := func(key string) normalize.Field {
		f := options
		f.Name = key
		return f
	}
	from := b.field("_raw")
	if s.Field != nil {
		from = b.field(s.Field.Name)
	}
	if in, ok := from.(*Input); ok && in.Name == "_raw" {
		return func(key string) Expr { return b.input(with(key)) }, true
	}
	op := &Extract{From: from}
	b.op(op)
	section := b.section
	known := map[string]*Local{}
	return func(key string) Expr {
		if known[key] == nil {
			slot := section.slot(key)
			op.Fields = append(op.Fields, with(key))
			op.Slots = append(op.Slots, slot)
			known[key] = &Local{slot, key}
		}
		return known[key]
	}, false
}
