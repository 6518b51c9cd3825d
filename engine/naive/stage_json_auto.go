package naive

import (
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// jsonAuto makes fields of a JSON text: of the message, or of a field. What it finds overwrites what was there; what it does
// not find stays, unless it was only auto-parsed from the same message. With refonly it touches just its keys.
func (p *pipeline) jsonAuto(s *syntax.JSONAuto) {
	o := options{extractArrays: s.ExtractArrays}
	if s.MaxDepth != nil {
		o.maxDepth = int(s.MaxDepth.Int)
	}
	source := "_raw"
	if s.Field != nil {
		source = s.Field.Name
	}
	overMessage := strings.EqualFold(source, "_raw") && !p.rawReplaced
	for _, r := range p.rows {
		found := extract(r.get(source), o)
		if len(s.Keys) == 0 || !s.RefOnly {
			r.all(found, overMessage)
		}
		r.keys(s, found, overMessage)
	}
	for i, key := range s.Keys {
		p.define(keyName(s, i, key))
	}
}

// extract flattens the JSON object that a text ends with; a text without one has no fields.
func extract(text value.Value, o options) map[string]value.Value {
	start := strings.IndexByte(text.Text(), '{')
	if start < 0 {
		return nil
	}
	found, err := decode([]byte(text.Text()[start:]), o)
	if err != nil {
		return nil
	}
	return found
}

// all takes over every field but those that are named like metadata.
func (r *row) all(found map[string]value.Value, overMessage bool) {
	if overMessage {
		r.parsed = nil
	}
	for name, v := range found {
		if !r.isMeta(name) {
			r.set(name, v)
		}
	}
}

// keys takes over the values of some keys. Of the message, a key that is named like metadata is the metadata.
func (r *row) keys(s *syntax.JSONAuto, found map[string]value.Value, overMessage bool) {
	values := make([]value.Value, len(s.Keys))
	for i, key := range s.Keys {
		values[i] = found[fieldName(key.Value)]
		if overMessage && r.isMeta(key.Value) {
			values[i] = r.meta[strings.ToLower(key.Value)]
		}
	}
	for i, key := range s.Keys {
		name := keyName(s, i, key)
		if !values[i].IsNull() || overMessage && !r.made(name) && !r.isMeta(name) {
			r.set(name, values[i])
		}
	}
}

// keyName returns the name of the field that the i-th key makes.
func keyName(s *syntax.JSONAuto, i int, key *syntax.String) string {
	if i < len(s.As) {
		return s.As[i].Name
	}
	return key.Value
}
