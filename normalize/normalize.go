// Package normalize turns the bytes of one event into a record: the fields that queries asked for, in slots.
//
// It walks an event once, keeps the values of the wanted fields with the meaning of Sumo's json auto (dotted
// flattening, case-insensitive names, text only), names the source category by the event's content, and allocates
// nothing in steady state. It does not frame events, does not evaluate queries and knows no detection. Built on gjson;
// the one-pass walk that gjson cannot do without allocating lives in normalize/wire and is held to gjson by fuzzing.
//
// A Projection is shared by everything that asks for fields and is complete before New. A Normalizer belongs to one
// goroutine. The Record it returns, and every byte slice in it, is valid until its next call and while the event's bytes
// are; whoever keeps more copies it.
package normalize

import (
	"strconv"
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
	Raw      []byte   // the whole event
	Category []byte   // the source category, always known: the coverage counts by it
	Fields   [][]byte // by slot of the projection; nil is null, empty is ""
}

// Origin is what a record's metadata takes from where the event was read.
type Origin struct {
	Name     string // _sourceName: the input
	Category string // _sourceCategory set by path; "" leaves it to the event's content
}

// MalformedError is an event that is not one JSON object, or is nested deeper than 1,000.
type MalformedError struct {
	Offset int    // byte in the event
	Reason string // e.g. "unterminated string"
}

func (e *MalformedError) Error() string { return e.Reason }

// Options are what normalizing needs to know beside the event.
type Options struct {
	Zone *time.Location // of times that do not say theirs; nil is UTC
}

// Normalizer makes records.
type Normalizer struct {
	walker    *wire.Walker
	texts     [][]byte // by slot of the projection, then by mapping.Key, then time and host keys if they are asked for
	record    Record
	builtins  []builtin
	category  mapping.Texts // part of texts
	times     [][]byte      // part of texts
	hosts     [][]byte      // part of texts
	zone      *time.Location
	scratch   []byte // the category, and numbers as text
	malformed MalformedError
}

// builtin is a slot whose value is computed.
type builtin struct {
	slot    int
	compute func(n *Normalizer, own []byte, from *Origin) []byte
}

// New returns a normalizer for a projection, which must not grow any more.
func New(p *Projection, o Options) *Normalizer {
	n := &Normalizer{zone: o.Zone}
	if n.zone == nil {
		n.zone = time.UTC
	}
	wanted := make([]wire.Field, 0, len(p.fields)+len(mapping.Keys))
	for slot, f := range p.fields {
		wanted = append(wanted, wire.Field(f))
		if compute := computed[f.Name]; compute != nil {
			n.builtins = append(n.builtins, builtin{slot, compute})
		}
	}
	add := func(names []string) (first int) {
		first = len(wanted)
		for _, name := range names {
			wanted = append(wanted, wire.Field{Name: name})
		}
		return first
	}
	category := add(mapping.Keys[:])
	times, hosts := len(wanted), len(wanted)
	if p.has("_messagetime") {
		times = add(mapping.TimeKeys)
		hosts = len(wanted)
	}
	if p.has("_sourcehost") {
		hosts = add(mapping.HostKeys)
	}
	n.texts = make([][]byte, len(wanted))
	n.record.Fields = n.texts[:len(p.fields):len(p.fields)]
	n.category, n.times, n.hosts = n.texts[category:times], n.texts[times:hosts], n.texts[hosts:]
	n.walker = wire.NewWalker(wire.NewTree(wanted))
	return n
}

func (p *Projection) has(name string) bool {
	for _, f := range p.fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Normalize makes a record of one event. Its error is a *MalformedError. Both are valid until the next call.
func (n *Normalizer) Normalize(raw []byte, from *Origin) (*Record, error) {
	if err := n.walker.Walk(raw, n.texts); err != nil {
		n.malformed = MalformedError{err.Offset, err.Reason}
		return nil, &n.malformed
	}
	n.scratch = n.scratch[:0]
	n.record.Raw = raw
	n.record.Category = n.sourceCategory(from)
	for _, b := range n.builtins {
		n.record.Fields[b.slot] = b.compute(n, n.record.Fields[b.slot], from)
	}
	return &n.record, nil
}

// sourceCategory is the event's own, the one set by path, or the one that the content shows.
func (n *Normalizer) sourceCategory(from *Origin) []byte {
	if from.Category != "" && len(mapping.Own(n.category)) == 0 {
		return n.append(from.Category)
	}
	start := len(n.scratch)
	n.scratch = mapping.AppendCategory(n.scratch, n.category)
	return n.scratch[start:]
}

// append keeps a text until the next event.
func (n *Normalizer) append(s string) []byte {
	start := len(n.scratch)
	n.scratch = append(n.scratch, s...)
	return n.scratch[start:]
}

// computed are the built-in fields that offline has values for. own is what the event itself carries under that name.
var computed = map[string]func(n *Normalizer, own []byte, from *Origin) []byte{
	"_raw":            func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.record.Raw },
	"_size":           func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.appendInt(int64(len(n.record.Raw))) },
	"_sourcecategory": func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.record.Category },
	"_sourcename":     (*Normalizer).sourceName,
	"_sourcehost":     (*Normalizer).sourceHost,
	"_messagetime":    (*Normalizer).messageTime,
	"_receipttime":    (*Normalizer).receiptTime,
}

func (n *Normalizer) sourceName(own []byte, from *Origin) []byte {
	if own != nil {
		return own
	}
	return n.append(from.Name)
}

func (n *Normalizer) sourceHost(own []byte, _ *Origin) []byte {
	if own != nil {
		return own
	}
	for _, host := range n.hosts {
		if len(host) > 0 {
			return host
		}
	}
	return nil
}

func (n *Normalizer) messageTime(own []byte, _ *Origin) []byte {
	if ms, ok := mapping.ParseTime(own, n.zone); ok {
		return n.appendInt(ms)
	}
	if ms, ok := mapping.MessageTime(n.times, n.zone); ok {
		return n.appendInt(ms)
	}
	return nil
}

func (n *Normalizer) receiptTime(own []byte, _ *Origin) []byte {
	if ms, ok := mapping.ParseTime(own, n.zone); ok {
		return n.appendInt(ms)
	}
	return nil
}

func (n *Normalizer) appendInt(i int64) []byte {
	start := len(n.scratch)
	n.scratch = strconv.AppendInt(n.scratch, i, 10)
	return n.scratch[start:]
}
