package exec

import (
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
	"retrohunt/lookup"
)

// indicators is what threatlookup asks of its table.
type indicators interface {
	Matches(w lookup.Wanted, columns []string) (func(value.Value) [][]value.Value, error)
}

// entries calls each for the entries of a row's fields in their order, and returns how many there are.
func (c *compiler) entries(op *plan.ThreatLookup) func(f *frame, each func([]value.Value)) int {
	wanted := op.Wanted
	wanted.Now = c.context.Clock.Now
	find, err := c.tables[op.Table.Name].(indicators).Matches(wanted, op.Columns)
	if err != nil {
		panic("exec: the table of indicators lacks a column: " + err.Error())
	}
	fields := c.exprs(op.Fields)
	return func(f *frame, each func([]value.Value)) int {
		n := 0
		for _, x := range fields {
			for _, entry := range find(x(f)) {
				each(entry)
				n++
			}
		}
		return n
	}
}

func fillEntry(f *frame, op *plan.ThreatLookup, entry []value.Value) {
	for i, slot := range op.Slots {
		f.slots[slot] = entry[i]
	}
}

// threatLookup takes the first entry.
func (c *compiler) threatLookup(op *plan.ThreatLookup) step {
	entries, none := c.entries(op), make([]value.Value, len(op.Slots))
	return func(f *frame) bool {
		fillEntry(f, op, none)
		first := true
		n := entries(f, func(entry []value.Value) {
			if first {
				fillEntry(f, op, entry)
			}
			first = false
		})
		f.slots[op.Matches] = value.Value{}
		if n > 0 {
			f.slots[op.Matches] = value.OfLong(int64(n))
		}
		return true
	}
}

// threatRows runs next, which is the rest of the way, for a row of each entry.
func (c *compiler) threatRows(op *plan.ThreatLookup, next func(*frame) bool) step {
	entries, none := c.entries(op), make([]value.Value, len(op.Slots))
	return func(f *frame) bool {
		f.slots[op.Matches] = value.Value{}
		through := false
		n := entries(f, func(entry []value.Value) {
			f.dropped = false // by a function in the row before
			fillEntry(f, op, entry)
			through = next(f) || through
		})
		if n > 0 {
			return through
		}
		fillEntry(f, op, none)
		return next(f)
	}
}
