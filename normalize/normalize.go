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

// Field asks for one value of an event.
type Field struct {
	// Name is the flattened name, compared without case: userIdentity.arn, a[0].b. A name that starts with an underscore
	// and is in Builtins is metadata: computed, not extracted.
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

// MalformedError is an event that is not one JSON object.
type MalformedError struct {
	Offset int    // byte in the event
	Reason string // e.g. "unterminated string"
}
