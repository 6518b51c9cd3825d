package exec

import (
	"cmp"
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// Place is where an event stands among all that a run reads: the input's number, that of the stream in it, and the byte at which
// the event starts there. Of messages of one time, the first comes first.
type Place struct {
	Input, Stream int
	Offset        int64
}

// The columns of a kept message that order it; behind them stand the slots and inputs of a plan.Order.
const (
	keptTime = iota
	keptInput
	keptStream
	keptOffset
	keptNumber // among those of one place: several rows of one event, and events that start at one byte
	keptOrder  // how many these are
)

// keeper is the runtime of a plan.Order: it keeps messages, and yields them newest first. Those without a time come last.
type keeper struct {
	order  *plan.Order
	values []evaluator // of what is kept
	sorter *rows.Sorter
	place  Place
	kept   int64           // at the place
	row    rows.Row        // scratch
	last   [][]value.Value // as grouping.last: a message has no group, so each row has no keys
}

func (c *compiler) keeper(o *plan.Order, m *rows.Memory) *keeper {
	k := &keeper{order: o, sorter: rows.NewSorter(newestFirst, m)}
	k.sorter.Keep(o.Most)
	for _, slot := range o.Slots {
		k.values = append(k.values, func(f *frame) value.Value { return f.slots[slot] })
	}
	for _, in := range o.Inputs {
		k.values = append(k.values, c.input(in))
	}
	k.row = make(rows.Row, keptOrder+len(k.values))
	return k
}

func newestFirst(a, b rows.Row) int {
	if order := compareKeys(a[keptTime], b[keptTime], false); order != 0 {
		return order
	}
	for i := keptInput; i < keptOrder; i++ {
		if order := cmp.Compare(a[i].Long(), b[i].Long()); order != 0 {
			return order
		}
	}
	return 0
}

// at says where the next message stands. A worker takes those of one place one after the other.
func (k *keeper) at(place Place) {
	k.last = k.last[:0]
	if place != k.place {
		k.place, k.kept = place, 0
	}
}

// add keeps a message.
func (k *keeper) add(f *frame) {
	k.row[keptTime] = eventTime(f)
	k.row[keptInput], k.row[keptStream] = value.OfLong(int64(k.place.Input)), value.OfLong(int64(k.place.Stream))
	k.row[keptOffset], k.row[keptNumber] = value.OfLong(k.place.Offset), value.OfLong(k.kept)
	for i, v := range k.values {
		k.row[keptOrder+i] = v(f)
	}
	k.kept++
	k.last = append(k.last, nil)
	k.sorter.Add(rows.Clone(k.row))
}

func (k *keeper) merge(other *keeper) { k.sorter.Absorb(other.sorter) }

// ordered yields the messages as rows of the section: its slots, then the inputs that were kept, then the time.
func (k *keeper) ordered(slots int) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for kept := range k.sorter.Drain() {
			row := make(rows.Row, slots+len(k.order.Inputs)+1)
			kept, at := kept[keptOrder:], kept[keptTime]
			for i, slot := range k.order.Slots {
				row[slot] = kept[i]
			}
			copy(row[slots:], kept[len(k.order.Slots):])
			row[len(row)-1] = at
			if !yield(row) {
				return
			}
		}
	}
}

// messages are the places of an event's fields and time in the rows of keeper.ordered.
type messages struct {
	inputs map[int]int // by index of Plan.Inputs
	time   int
}

func messagesOf(s *plan.Section) *messages {
	m := &messages{inputs: map[int]int{}, time: len(s.Slots) + len(s.Order.Inputs)}
	for i, in := range s.Order.Inputs {
		m.inputs[in.Index] = len(s.Slots) + i
	}
	return m
}

// finding returns the end of the way of messages that are not kept.
func (w *Worker) finding(c *compiler, each func(rows.Row)) func(*frame) {
	var cells []evaluator
	for _, column := range w.plan.Columns {
		cells = append(cells, c.value(column.X))
	}
	row := make(rows.Row, len(cells))
	return func(f *frame) {
		for i, cell := range cells {
			row[i] = cell(f)
		}
		w.found = append(w.found, nil)
		each(row)
	}
}
