package exec

import (
	"cmp"
	"iter"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// transactionize needs all rows twice: in the order of time, to see which belong together, and again when that is known, to tell
// them. In memory it keeps the transactions and the values of their fields, not the rows.
func (c *compiler) transactionize(op *plan.Transactionize) rowsOperator {
	begin, time := c.transactions(op), c.value(op.Time)
	byTime := func(a, b rows.Row) int { return compareKeys(a[op.At], b[op.At], true) }
	inPlace := byPlace(op.Place)
	if op.Merged {
		inPlace = nil
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			t := begin()
			assigned := c.gathered(t.assigned(c.sorted(placed(in, time, op.Place, op.At), byTime, 0)), inPlace, 0)
			t.number()
			t.told(assigned.Drain())(yield)
		}
	}
}

// transactions are those among the rows so far.
type transactions struct {
	op           *plan.Transactionize
	fields       []evaluator
	starts, ends condition
	list         []transaction  // in the order of their first messages
	latest       map[string]int // by a field and its value: the index of the transaction that last took in a message with it
	keys         [][]byte       // scratch: of one message
}

// transaction is one in the making, or what has become a part of another.
type transaction struct {
	into         int  // the index of the transaction before, or its own, that it is a part of
	begun, ended bool // the first message begins, the last one ends a transaction
	orphan       bool
	timed        bool // a message has a time
	first, last  int64
	messages     int64
	number       int64 // what its messages are told; 0: it is left out
}

// transactions returns what begins to look for them.
func (c *compiler) transactions(op *plan.Transactionize) func() *transactions {
	fields, starts, ends := c.exprs(op.Fields), c.boundary(op.Starts), c.boundary(op.Ends)
	return func() *transactions {
		return &transactions{
			op: op, fields: fields, starts: starts, ends: ends, latest: map[string]int{}, keys: make([][]byte, 0, len(fields)),
		}
	}
}

func (c *compiler) boundary(e plan.Expr) condition {
	if e == nil {
		return func(*frame) bool { return false }
	}
	return c.condition(e)
}

// placed notes in each row its place among the others, and its time, in the slots place and at.
func placed(in iter.Seq[rows.Row], time evaluator, place, at int) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		n := int64(0)
		for row := range in {
			row[place], row[at] = value.OfLong(n), time(&frame{slots: row})
			if n++; !yield(row) {
				return
			}
		}
	}
}

// byPlace brings rows back into the order in which placed met them.
func byPlace(place int) rows.Compare {
	return func(a, b rows.Row) int { return cmp.Compare(a[place].Long(), b[place].Long()) }
}

// assigned notes in each row, which come in the order of time, the index of its transaction.
func (t *transactions) assigned(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for row := range in {
			row[t.op.Slots[0]] = value.OfLong(int64(t.assign(row)))
			if !yield(row) {
				return
			}
		}
	}
}

// assign puts a message into the transactions that it has a value in common with, which become one, or into one of its own.
func (t *transactions) assign(row rows.Row) int {
	f := &frame{slots: row}
	t.keysOf(f)
	var at value.Value
	if ms, ok := moment(row[t.op.At]); ok {
		at = value.OfLong(ms)
	}
	starts, one := t.starts(f), -1
	if !starts {
		one = t.tied(at)
	}
	if one < 0 {
		one = len(t.list)
		t.list = append(t.list, transaction{into: one, begun: starts, orphan: len(t.keys) == 0})
	}
	t.list[one].add(at)
	t.list[one].ended = t.ends(f)
	for _, key := range t.keys {
		if before, known := t.latest[string(key)]; !known || before != one {
			t.latest[string(key)] = one
		}
	}
	return one
}

// keysOf collects the values of the fields; null and the empty text are none.
func (t *transactions) keysOf(f *frame) {
	t.keys = t.keys[:0]
	for i, field := range t.fields {
		v := field(f)
		if v.IsNull() || v == value.OfString("") {
			continue
		}
		n := len(t.keys)
		t.keys = t.keys[:n+1]
		t.keys[n] = value.AppendKey(value.AppendKey(t.keys[n][:0], value.OfLong(int64(i))), v)
	}
}

// tied makes one of the transactions that the keys lead to and that have room for a message at a time. It is -1 if there is none.
func (t *transactions) tied(at value.Value) int {
	one := -1
	for _, key := range t.keys {
		before, known := t.latest[string(key)]
		if !known {
			continue
		}
		before = t.root(before)
		if before == one || !t.fits(before, one, at) {
			continue
		}
		if one >= 0 {
			before = t.unite(one, before)
		}
		one = before
	}
	return one
}

// root follows a transaction to the one that it is a part of.
func (t *transactions) root(i int) int {
	for t.list[i].into != i {
		t.list[i].into = t.list[t.list[i].into].into
		i = t.list[i].into
	}
	return i
}

// fits reports whether a transaction goes on with a message at a time, which is in another one already if that is not -1.
func (t *transactions) fits(i, other int, at value.Value) bool {
	g := t.list[i]
	pause := at.Long() - g.last
	switch {
	case g.ended:
		return false
	case !at.IsNull() && g.timed && t.op.MaxPause >= 0 && pause > t.op.MaxPause:
		return false
	case other >= 0:
		g.merge(t.list[other])
	}
	long := !at.IsNull() && g.timed && t.op.MaxSpan >= 0 && at.Long()-g.first > t.op.MaxSpan
	return !long && (t.op.MaxLogs == 0 || g.messages < t.op.MaxLogs)
}

// unite makes one of two, the one that began first.
func (t *transactions) unite(i, j int) int {
	i, j = min(i, j), max(i, j)
	t.list[j].into = i
	t.list[i].merge(t.list[j])
	return i
}

func (g *transaction) merge(other transaction) {
	switch {
	case !g.timed:
		g.timed, g.first, g.last = other.timed, other.first, other.last
	case other.timed:
		g.first, g.last = min(g.first, other.first), max(g.last, other.last)
	}
	g.messages += other.messages
}

func (g *transaction) add(at value.Value) {
	g.merge(transaction{timed: !at.IsNull(), first: at.Long(), last: at.Long(), messages: 1})
}

// number counts the transactions that are not left out.
func (t *transactions) number() {
	n := int64(0)
	for i := range t.list {
		g := &t.list[i]
		whole := (g.begun || !t.op.StrictlyStarts) && (g.ended || !t.op.StrictlyEnds)
		if g.into == i && (g.orphan && t.op.KeepOrphans || !g.orphan && whole) {
			n++
			g.number = n
		}
	}
}

// told writes into each row what there is to tell of its transaction.
func (t *transactions) told(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		for row := range in {
			g := &t.list[t.root(int(row[t.op.Slots[0]].Long()))]
			if g.number == 0 {
				continue
			}
			cells := [...]value.Value{value.OfLong(g.number), value.OfLong(g.last - g.first), value.OfLong(g.messages), value.OfBool(g.orphan)}
			for i, slot := range t.op.Slots {
				row[slot] = cells[i]
			}
			if !yield(row) {
				return
			}
		}
	}
}
