// Package inventory says what is in a set of logs: for each source category and shape how many events, of what time, from
// which hosts, of which kinds, and which fields they have, so that a hunter sees which detection can fire at all.
//
// It reads no files and prints nothing: engine/stream gives it the events, package report shows what it found. What could not
// be read is in the run's coverage, not here.
//
// An Inventory belongs to one goroutine; those of several workers are merged when all events are through, and their Result is
// the same whichever of them saw which event. It copies what it keeps. Its memory is bounded: see the limits.
//
// The files: inventory.go takes the events, group.go is what is kept of each category and shape, bounded.go how names are
// kept without letting memory grow, days.go the time span and its gaps, fields.go the names of fields, result.go the answer.
package inventory

import (
	"encoding/binary"

	"retrohunt/normalize"
	"retrohunt/normalize/mapping"
	"retrohunt/sources"
)

// Options say what to gather beside the groups.
type Options struct {
	Inputs    bool // the groups of each input
	Fields    bool // the fields of each category; slow
	NoMapping bool // the run's normalize.Options.NoMapping
}

// limits are how many different things are kept before those beyond are counted together.
type limits struct {
	groups int // categories and shapes; categories with their fields
	names  int // hosts, kinds of event, days of a group; fields of a category
	inputs int // inputs and groups in them
}

// The limits of an inventory. A name counts under its first MaxName bytes.
const (
	MaxGroups = 1_000
	MaxNames  = 100_000
	MaxInputs = 1_000_000
	MaxName   = 256
)

// kinds are the fields that say of what kind an event is. The first is Windows's, a number; a CloudTrail record has an id of the
// same name that is its own. Of the others it is the first one that an event has.
var kinds = []string{"EventID", "eventName", "operationName", "operationName.value", "activityDisplayName"}

// Inventory gathers what is in the events of one worker.
type Inventory struct {
	options Options
	kinds   []int // slots of the projection
	groups  *bounded[*group]
	inputs  *bounded[*Extent]
	fields  *bounded[*fields]
	walk    walk
	key     []byte
}

// New returns an inventory of events made with the projection, to which it adds the fields that it needs. The run's
// normalize.Options must have Time and Host.
func New(p *normalize.Projection, o Options) *Inventory {
	return newInventory(p, o, limits{MaxGroups, MaxNames, MaxInputs})
}

func newInventory(p *normalize.Projection, o Options, max limits) *Inventory {
	in := &Inventory{
		options: o,
		groups:  newBounded(max.groups, func() *group { return newGroup(max.names) }, (*group).merge),
		inputs:  newBounded(max.inputs, func() *Extent { return &Extent{} }, (*Extent).merge),
		fields:  newBounded(max.groups, func() *fields { return newFields(max.names) }, (*fields).merge),
		walk:    newWalk(),
	}
	for _, name := range kinds {
		in.kinds = append(in.kinds, p.Add(normalize.Field{Name: name}))
	}
	return in
}

// Event takes an event into account.
func (in *Inventory) Event(r *normalize.Record, e sources.Event, input string) {
	size := int64(len(e.Raw))
	in.key = appendKey(in.key[:0], r, "")
	in.groups.at(in.key).add(r, size, in.kind(r))
	if in.options.Inputs {
		in.key = appendKey(in.key[:0], r, input)
		in.inputs.at(in.key).add(r, size)
	}
	if in.options.Fields {
		in.walk.event(in.fields.at(cut(r.Category)), r, e)
	}
}

// kind returns the text of the field that says the kind of an event, nil if it has none.
func (in *Inventory) kind(r *normalize.Record) []byte {
	if id := r.Fields[in.kinds[0]]; isNumber(id) {
		return id
	}
	for _, slot := range in.kinds[1:] {
		if text := r.Fields[slot]; len(text) > 0 {
			return text
		}
	}
	return nil
}

func isNumber(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}

// Merge adds what another inventory gathered, which must not be used any more.
func (in *Inventory) Merge(other *Inventory) {
	in.groups.merge(other.groups)
	in.inputs.merge(other.inputs)
	in.fields.merge(other.fields)
}

// appendKey appends what the events of a group have in common, and the input if that is told apart.
func appendKey(dst []byte, r *normalize.Record, input string) []byte {
	category := cut(r.Category)
	dst = append(dst, byte(r.Shape), byte(r.Inner))
	dst = binary.AppendUvarint(dst, uint64(len(category)))
	return append(append(dst, category...), input...)
}

// splitKey takes a key of appendKey apart.
func splitKey(key string) (shape, inner mapping.Shape, category, input string) {
	n, size := binary.Uvarint([]byte(key[2:min(len(key), 2+binary.MaxVarintLen64)]))
	rest := key[2+size:]
	return mapping.Shape(key[0]), mapping.Shape(key[1]), rest[:n], rest[n:]
}
