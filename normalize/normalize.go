// Package normalize turns the bytes of one event into a record: the fields that queries asked for, in slots.
//
// It walks an event once, keeps the values of the wanted fields with the meaning of Sumo's json auto (dotted
// flattening, case-insensitive names, text only), takes an event out of the text of another, names the shape and the source
// category by the event's content, fills wanted fields that the event lacks from where its shape keeps them, and allocates
// nothing in steady state. It does not frame events, does not evaluate queries and knows no detection. Built on gjson;
// the one-pass walk that gjson cannot do without allocating lives in normalize/wire and is held to gjson by fuzzing.
//
// The files: normalize.go is the way of one event, unwrap.go finds the event in an event, fill.go the values that a shape
// keeps elsewhere, builtin.go the fields that are computed, late_time.go the time of events that turn out to matter.
//
// A Projection is shared by everything that asks for fields and is complete before New. A Normalizer belongs to one
// goroutine. The Record it returns, and every byte slice in it, is valid until its next call and while the event's bytes
// are; whoever keeps more copies it.
package normalize

import (
	"slices"
	"time"

	"retrohunt/normalize/mapping"
	"retrohunt/normalize/wire"
)

// Field asks for one value of an event.
type Field struct {
	// Name is the flattened name, compared without case: userIdentity.arn, a[0].b. Of a name for which IsBuiltin holds the
	// value is computed, unless the event carries it itself.
	Name string
	// MaxDepth is json auto's maxdepth: a container at this depth is one field that holds its compact JSON text; a
	// top-level key has depth 1, an array counts as a level. 0 is no limit.
	MaxDepth int
	// ExtractArrays makes a[0], a[1] of an array of plain values, which otherwise is one field of JSON text.
	ExtractArrays bool
}

// Projection is the set of fields that a run needs. The zero value is empty and ready to use.
type Projection struct {
	fields []Field // slot by slot, names in lower case
}

// Record is one event with the wanted fields.
type Record struct {
	Raw      []byte        // the text of the event; of an event inside another, the text of the inner one
	Category []byte        // the source category, always known: the coverage counts by it
	Shape    mapping.Shape // what the event was recognised as; if another was taken out of it, what it was as a wrapper
	Inner    mapping.Shape // Shape, or that of the event taken out of it
	Time     int64         // the message time in milliseconds UTC, if Timed
	Timed    bool          // the event has a message time; false unless Options.Time or _messageTime asks for it
	Local    bool          // the time did not say its zone and was read in Options.Zone
	Host     []byte        // the host, nil if the event says none, or neither Options.Host nor _sourceHost asks for it
	Fields   [][]byte      // by slot of the projection; nil is null, empty is ""

	late *lateTime // nil: Time is computed
}

// Origin is what a record's metadata takes from where the event was read.
type Origin struct {
	Name     string // _sourceName: the input
	Category string // _sourceCategory set by path; "" leaves it to the event's content
	Format   string // what the event was decoded from, as sources.Stats.Framing names it; of what was JSON it says nothing here
}

// MalformedError is an event that is not one JSON object, or is nested deeper than 1,000.
type MalformedError struct {
	Offset int    // byte in the event
	Reason string // e.g. "unterminated string"
}

func (e *MalformedError) Error() string { return e.Reason }

// Options are what normalizing needs to know beside the event.
type Options struct {
	Zone      *time.Location // of times that do not say theirs; nil is UTC
	NoMapping bool           // leave fields that the event lacks null, wherever its shape keeps them
	Time      bool           // set Record.Time
	Host      bool           // set Record.Host
}

// Normalizer makes records.
type Normalizer struct {
	levels    []*level // the event, the event in its text, and so on
	layout    layout
	options   Options
	record    Record
	builtins  []builtin
	plans     [mapping.Shapes]plan
	scratch   []byte // categories, and numbers as text
	xml       []byte // an event made whole
	late      lateTime
	malformed MalformedError
}

// layout says where in a level's texts the fields of each purpose begin; before them are those of the projection.
type layout struct{ keys, times, hosts, others int }

// New returns a normalizer for a projection, which must not grow any more.
func New(p *Projection, o Options) *Normalizer {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	o.Time = o.Time || p.has("_messagetime")
	o.Host = o.Host || p.has("_sourcehost")
	n := &Normalizer{options: o, late: lateTime{zone: o.Zone}}
	w := &wanted{slots: map[wire.Field]int{}}
	for _, f := range p.fields {
		w.fields = append(w.fields, f.wire())
	}
	n.layout.keys = len(w.fields)
	for k, name := range mapping.Keys {
		f := wire.Field{Name: name, Verbatim: mapping.Key(k).Verbatim()}
		if mapping.Key(k).Container() {
			f.MaxDepth = 1
		}
		w.fields = append(w.fields, f)
	}
	n.layout.times = len(w.fields)
	if o.Time {
		w.append(mapping.TimeKeys)
	}
	n.layout.hosts = len(w.fields)
	if o.Host {
		w.append(mapping.HostKeys)
	}
	n.layout.others = len(w.fields)
	n.builtins = computedFields(p, w)
	if !o.NoMapping {
		for s := range n.plans {
			n.plans[s] = newPlan(mapping.Shape(s), p, w)
		}
	}
	tree := wire.NewTree(w.fields)
	for range maxInside + 1 {
		n.levels = append(n.levels, &level{walker: wire.NewWalker(tree), texts: make([][]byte, len(w.fields))})
	}
	return n
}

// wanted collects the fields that the walk yields.
type wanted struct {
	fields []wire.Field
	slots  map[wire.Field]int // of fields that several places ask for
}

func (w *wanted) append(names []string) {
	for _, name := range names {
		w.fields = append(w.fields, wire.Field{Name: name})
	}
}

// slot returns the slot of a field that others may have asked for too.
func (w *wanted) slot(f wire.Field) int {
	i, ok := w.slots[f]
	if !ok {
		i = len(w.fields)
		w.slots[f], w.fields = i, append(w.fields, f)
	}
	return i
}

func (p *Projection) has(name string) bool {
	return slices.ContainsFunc(p.fields, func(f Field) bool { return f.Name == name })
}

// ASCII reports whether the object of the last call of Normalize is known to be ASCII, malformed or not.
func (n *Normalizer) ASCII() bool { return n.levels[0].walker.ASCII() }

// Normalize makes a record of one event: object is the event as JSON, raw the text that _raw shows, which is object itself
// for events that are JSON. Its error is a *MalformedError. Both are valid until the next call.
func (n *Normalizer) Normalize(object, raw []byte, from *Origin) (*Record, error) {
	outer := n.levels[0]
	if err := outer.walker.Walk(object, outer.texts); err != nil {
		n.malformed = MalformedError{err.Offset, err.Reason}
		return nil, &n.malformed
	}
	n.scratch = n.scratch[:0]
	outer.raw = raw
	n.recognise(outer)
	outer.shape = outer.shape.Decoded(from.Format)
	events := n.unwrap()
	event := events[len(events)-1]
	n.fill(event)
	n.record = Record{
		Raw: event.raw, Category: n.category(events, from), Shape: event.shape, Inner: event.shape, Fields: event.texts[:n.layout.keys:n.layout.keys],
	}
	if len(events) > 1 {
		n.record.Shape = events[1].wrapper
	}
	if n.options.Time {
		n.setTime(events)
	} else {
		n.late.object, n.late.raw, n.late.from, n.late.known = object, raw, from, false
		n.record.late = &n.late
	}
	if n.options.Host {
		n.record.Host = n.host(events)
	}
	for _, b := range n.builtins {
		n.record.Fields[b.slot] = b.compute(n, n.own(events, b), from)
	}
	return &n.record, nil
}
