package naive

import (
	"maps"
	"strings"

	"retrohunt/engine/function"
	"retrohunt/engine/value"
)

// row is a message, or a row behind an aggregate. Names are in lower case, for they compare without case.
type row struct {
	event  Event
	clock  function.Clock
	tables Tables
	found  foundRows
	// dropped says that a function could not compute its value for this row, which Sumo then goes on without.
	dropped bool
	// matched says that a parse stage with nodrop, right before the next stage or in a chain of such, found its pattern.
	matched bool
	// fields are what stages made. A null is a field that has no value, and hides one of the same name below.
	fields map[string]value.Value
	// parsed is what Auto Parse Mode made of the message, until a stage decides which fields there are.
	parsed map[string]value.Value
	// meta is the message's metadata: the names in builtins.
	meta map[string]value.Value
	// rest are the cells of pipeline.rest.
	rest []value.Value
}

// builtins are Sumo's own fields of a message (section 2 of the language reference).
var builtins = []string{
	"_raw", "_size", "_sourcecategory", "_sourcename", "_sourcehost", "_messagetime", "_receipttime", "_source", "_collector",
	"_messagecount", "_messageid", "_format", "_view", "_index", "_datatier",
}

func newRow(e Event, clock function.Clock, tables Tables, found foundRows) (*row, error) {
	parsed, err := decode(e.Raw, options{})
	if err != nil {
		return nil, err
	}
	meta := map[string]value.Value{}
	for _, name := range builtins {
		meta[name] = parsed[name]
	}
	meta["_raw"] = value.OfString(string(e.Raw))
	meta["_size"] = value.OfLong(int64(len(e.Raw)))
	meta["_messagetime"] = e.Time
	meta["_sourcecategory"] = value.OfString(e.Category)
	if meta["_sourcename"].IsNull() {
		meta["_sourcename"] = value.OfString(e.Name)
	}
	return &row{event: e, clock: clock, tables: tables, found: found, fields: map[string]value.Value{}, parsed: parsed, meta: meta}, nil
}

// get returns a field's value, null if the row has none.
func (r *row) get(name string) value.Value {
	name = strings.ToLower(name)
	if v, ok := r.fields[name]; ok {
		return v
	}
	if v, ok := r.meta[name]; ok {
		return v
	}
	return r.parsed[name]
}

func (r *row) set(name string, v value.Value) { r.fields[strings.ToLower(name)] = v }

// made reports whether a stage made or dropped a field of that name.
func (r *row) made(name string) bool {
	_, ok := r.fields[strings.ToLower(name)]
	return ok
}

func (r *row) isMeta(name string) bool {
	_, ok := r.meta[strings.ToLower(name)]
	return ok
}

// internal removes all but the internal fields, which start with an underscore.
func internal(fields map[string]value.Value) map[string]value.Value {
	fields = maps.Clone(fields)
	maps.DeleteFunc(fields, func(name string, _ value.Value) bool { return !strings.HasPrefix(name, "_") })
	return fields
}
