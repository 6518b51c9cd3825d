package inventory

import (
	"bytes"

	"github.com/tidwall/gjson"

	"retrohunt/internal/view"
	"retrohunt/normalize"
	"retrohunt/normalize/eventxml"
	"retrohunt/normalize/wire"
	"retrohunt/sources"
)

// fields is how often the fields of a category are there.
type fields struct {
	events int64
	names  *tally
}

func newFields(names int) *fields { return &fields{names: newTally(names)} }

func (f *fields) merge(other *fields) {
	f.events += other.events
	f.names.merge(other.names)
}

// walk goes through the fields of events. Names are those of json auto, as the event spells them, but with [] for every
// index of an array: userIdentity.arn, resources[].ARN. Null is no field, and an array of plain values is one.
type walk struct {
	checker *wire.Walker
	into    *fields
	name    []byte
	json    []byte // of an event that is XML in another
}

func newWalk() walk { return walk{checker: wire.NewWalker(wire.NewTree(nil))} }

func (w *walk) event(into *fields, r *normalize.Record, e sources.Event) {
	into.events++
	w.into = into
	if object := w.object(r, e); object != nil {
		w.name = w.name[:0]
		w.members(gjson.Parse(view.String(object)), true)
	}
}

// object returns the JSON that a record's fields are from: the event, or the one in its text; nil if there is none.
func (w *walk) object(r *normalize.Record, e sources.Event) []byte {
	if len(r.Raw) == len(e.Raw) && &r.Raw[0] == &e.Raw[0] {
		return e.JSON
	}
	if made, err := eventxml.AppendJSON(w.json[:0], r.Raw); err == nil {
		w.json = made
		return made
	}
	start := bytes.IndexByte(r.Raw, '{')
	if start < 0 || w.checker.Walk(r.Raw[start:], nil) != nil {
		return nil // the text of an export
	}
	return r.Raw[start:]
}

// members walks an object whose name is w.name, or an array that has containers among its elements; the event is the top.
func (w *walk) members(container gjson.Result, top bool) {
	n, elements := len(w.name), container.IsArray()
	container.ForEach(func(key, value gjson.Result) bool {
		switch {
		case elements:
			w.name = append(w.name, "[]"...)
		case top:
			w.name = append(w.name, key.String()...)
		default:
			w.name = append(append(w.name, '.'), key.String()...)
		}
		blanksToUnderscores(w.name[n:])
		w.value(value)
		w.name = w.name[:n]
		return true
	})
}

// value counts a field. What lies deeper than the length of names that are kept counts under the cut name.
func (w *walk) value(v gjson.Result) {
	switch {
	case v.Type == gjson.Null:
	case len(w.name) < MaxName && (v.IsObject() || v.IsArray() && hasContainers(v)):
		w.members(v, false)
	default:
		c := w.into.names.at(cut(w.name))
		if c.last != w.into.events {
			c.last = w.into.events
			c.events++
		}
	}
}

func hasContainers(array gjson.Result) (has bool) {
	array.ForEach(func(_, v gjson.Result) bool {
		has = v.IsObject() || v.IsArray()
		return !has
	})
	return has
}

func blanksToUnderscores(name []byte) {
	for i, c := range name {
		if c == ' ' {
			name[i] = '_'
		}
	}
}
