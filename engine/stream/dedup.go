package stream

import (
	"encoding/binary"

	"retrohunt/normalize"
)

// DefaultDedupMemory is how much memory the values of seen events take unless Job says otherwise, in bytes.
const DefaultDedupMemory = 512 << 20

// dedup knows which events were seen before, by the values of some fields. It never takes two events for one: it keeps the
// values themselves, not hashes. It may take one for two: when its memory is full, it forgets the older half of what it has
// seen, and counts what it forgot.
type dedup struct {
	slots     []int
	budget    int // bytes, for both generations
	used      int // bytes of young
	young     map[string]struct{}
	old       map[string]struct{}
	key       []byte // scratch
	forgotten int64
}

// entryCost is what an entry of a map costs beside its text, about, in bytes.
const entryCost = 48

// newDedup returns a dedup by fields, which it adds to the projection.
func newDedup(fields []string, budget int, p *normalize.Projection) *dedup {
	if len(fields) == 0 {
		return nil
	}
	if budget <= 0 {
		budget = DefaultDedupMemory
	}
	d := &dedup{budget: budget, young: map[string]struct{}{}}
	for _, name := range fields {
		d.slots = append(d.slots, p.Add(normalize.Field{Name: name}))
	}
	return d
}

// first reports whether no event with the same values came before. An event that has none of the fields is always a first.
func (d *dedup) first(r *normalize.Record) bool {
	if !d.setKey(r) {
		return true
	}
	if _, seen := d.young[string(d.key)]; seen {
		return false
	}
	if _, seen := d.old[string(d.key)]; seen {
		return false
	}
	cost := len(d.key) + entryCost
	if d.used+cost > d.budget/2 {
		d.forgotten += int64(len(d.old))
		d.old, d.young, d.used = d.young, map[string]struct{}{}, 0
	}
	d.young[string(d.key)] = struct{}{}
	d.used += cost
	return true
}

// setKey writes the values with their lengths, so that no two lists of values have the same key. It reports whether there is
// a value at all.
func (d *dedup) setKey(r *normalize.Record) bool {
	d.key = d.key[:0]
	any := false
	for _, slot := range d.slots {
		v := r.Fields[slot]
		if v == nil {
			d.key = append(d.key, 0)
			continue
		}
		any = true
		d.key = binary.AppendUvarint(d.key, uint64(len(v))+1)
		d.key = append(d.key, v...)
	}
	return any
}
