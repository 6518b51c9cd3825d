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
// A Projection is shared by everything that asks for fields and is complete before NewLayout. A Layout belongs to all goroutines
// of a run, and never changes; a Normalizer, which is cheap to make of it, belongs to one. The Record it returns, and every byte slice in it, is valid until its next call and while the event's bytes
// are; whoever keeps more copies it.
package normalize

import (
	"slices"
	"sync"
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

// Layout is what the normalizers of a projection share: what the walk looks for, and where shapes keep what an event lacks. It
// never changes, and any number of goroutines use it.
type Layout struct {
	options  Options
	tree     *wire.Tree
	texts    int // of a level
	keys     int // where in a level's texts the fields of each purpose begin; before them are those of the projection
	times    int
	hosts    int
	others   int
	builtins []builtin
	plans    [mapping.Shapes]plan
	insides  int            // of all plans
	late     func() *Layout // of the normalizers that find late times
}

// NewLayout returns the layout for a projection, which must not grow any more.
func NewLayout(p *Projection, o Options) *Layout {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	o.Time = o.Time || p.has("_messagetime")
	o.Host = o.Host || p.has("_sourcehost")
	l := &Layout{options: o, late: sync.OnceValue(func() *Layout {
		return NewLayout(&Projection{}, Options{Zone: o.Zone, Time: true, NoMapping: true})
	})}
	w := newWanted(len(mapping.Keys) + len(p.fields)*perField)
	for _, f := range p.fields {
		w.fields = append(w.fields, f.wire())
	}
	l.keys = len(w.fields)
	for k, name := range mapping.Keys {
		f := wire.Field{Name: name, Verbatim: mapping.Key(k).Verbatim()}
		if mapping.Key(k).Container() {
			f.MaxDepth = 1
		}
		w.fields = append(w.fields, f)
	}
	l.times = len(w.fields)
	if o.Time {
		w.append(mapping.TimeKeys)
	}
	l.hosts = len(w.fields)
	if o.Host {
		w.append(mapping.HostKeys)
	}
	l.others = len(w.fields)
	l.builtins = computedFields(p, w)
	if !o.NoMapping {
		for s := range l.plans {
			l.plans[s] = newPlan(mapping.Shape(s), p, w, &l.insides)
		}
	}
	l.tree, l.texts = wire.NewTree(w.fields), len(w.fields)
	return l
}

// perField is about how many fields the walk yields for one of a projection.
const perField = 10

// Normalizer makes records.
type Normalizer struct {
	layout    *Layout
	options   *Options     // the layout's
	levels    []*level     // the event, the event in its text, and so on
	insides   []insideText // by number of the inside
	record    Record
	scratch   []byte // categories, and numbers as text
	xml       []byte // an event made whole
	late      lateTime
	malformed MalformedError
}

// New returns a normalizer for a projection, which must not grow any more.
func New(p *Projection, o Options) *Normalizer { return NewLayout(p, o).NewNormalizer() }

// NewNormalizer returns a normalizer of the layout, for one goroutine.
func (l *Layout) NewNormalizer() *Normalizer {
	n := &Normalizer{layout: l, options: &l.options, insides: make([]insideText, l.insides), late: lateTime{layout: l.late}}
	for range maxInside + 1 {
		n.levels = append(n.levels, &level{walker: wire.NewWalker(l.tree), texts: make([][]byte, l.texts)})
	}
	return n
}

// wanted collects the fields that the walk yields.
type wanted struct {
	fields []wire.Field
	slots  map[wire.Field]int // of fields that several places ask for
}

// newWanted returns a collection of about so many fields.
func newWanted(about int) *wanted {
	return &wanted{make([]wire.Field, 0, about), make(map[wire.Field]int, about)}
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
	for _, b := range n.layout.builtins {
		n.record.Fields[b.slot] = b.compute(n, n.own(events, b), from)
	}
	return &n.record, nil
}
