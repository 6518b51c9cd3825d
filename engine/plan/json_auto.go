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
// find leaves it. With keys it makes just these names, without them every name.
func (b *builder) jsonAuto(s *syntax.JSONAuto) {
	before := b.names
	extract, fresh := b.extraction(s)
	found := func(key, name string) Expr {
		x := extract(strings.ToLower(key))
		if earlier, ok := before.made[strings.ToLower(name)]; ok {
			return &Coalesce{x, earlier}
		}
		if fresh {
			return x
		}
		return &Coalesce{x, before.open(strings.ToLower(name))}
	}
	if len(s.Keys) > 0 {
		b.names.made = maps.Clone(before.made)
		for i, key := range s.Keys {
			name := key.Value
			if i < len(s.As) {
				name = s.As[i].Name
			}
			b.define(name, found(key.Value, name))
		}
		return
	}
	b.names = names{made: map[string]Expr{}, open: func(name string) Expr {
		if normalize.IsBuiltin(name) {
			return before.get(name)
		}
		return found(name, name)
	}}
}

// get is what a name in lower case means.
func (n names) get(name string) Expr {
	if x, ok := n.made[name]; ok {
		return x
	}
	return n.open(name)
}

// extraction returns what yields the value of a key of this json auto, and whether it replaces the auto parse: an
// explicit json auto over the event decides by its own options which fields the event has.
func (b *builder) extraction(s *syntax.JSONAuto) (extract func(key string) Expr, fresh bool) {
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
		first := !b.extracted
		b.extracted = true
		return func(key string) Expr { return b.input(with(key)) }, first
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
