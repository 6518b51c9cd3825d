package exec

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"

	"retrohunt/engine/function"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// mostJoined is how many rows a join makes at most, as in Sumo Logic (S/join): a few values that many rows have would make billions.
const mostJoined = 10_000_000

// joiner is the runtime of a plan.Join. It keeps the rows that come to it, runs each table on copies of them, and joins the first
// with the second, what comes of it with the third, and so on: both sides are sorted by what is compared, and merged. Whatever it
// keeps may go to files.
type joiner struct {
	*compiler
	op    *plan.Join
	cells []int // where in a combination the columns of each table begin
	most  int64 // combinations
}

// The columns of a row while it is joined; behind them stand the columns of the tables so far.
const (
	joinKey   = iota // what is compared, as one text; of a combination that was just made its number on the left
	joinPlace        // the number of the row in its table; of such a combination its number on the right
	joinFrom         // the times of the earliest and latest message of a combination, null if it has none
	joinTo
	joinCells // how many these are
)

func byJoinKey(a, b rows.Row) int { return cmp.Compare(a[joinKey].Str(), b[joinKey].Str()) }

func byJoinPlaces(a, b rows.Row) int {
	return cmp.Or(cmp.Compare(a[joinKey].Long(), b[joinKey].Long()), cmp.Compare(a[joinPlace].Long(), b[joinPlace].Long()))
}

// join yields the rows in the order of the first table's, for each of those in the order of the second's, and so on.
func (c *compiler) join(op *plan.Join, in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		j := &joiner{compiler: c, op: op, most: mostJoined}
		at := joinCells
		for _, t := range op.Tables {
			j.cells = append(j.cells, at)
			at += len(t.Plan.Columns)
		}
		all := c.gathered(in, nil, 0)
		defer all.Close()
		made := j.table(op.Tables[0], all)
		for n := 1; n < len(op.Tables); n++ {
			out, err := j.merge(j.keyed(made, n, j.leftKey), j.keyed(j.table(op.Tables[n], all), n, j.rightKey))
			if err != nil {
				c.fail(err)
				return
			}
			made = out.Drain()
		}
		for row := range made {
			if !yield(j.row(row)) {
				return
			}
		}
	}
}

// sorter is one that goes to files with the others.
func (j *joiner) sorter(compare rows.Compare) *rows.Sorter {
	s := rows.NewSorter(compare, j.memory)
	j.watch(s)
	return s
}

// keyed sorts rows by what they are compared by with the table at n, or of it. A row in which a part of that is null is equal to none.
func (j *joiner) keyed(in iter.Seq[rows.Row], n int, of func(rows.Row, plan.JoinKey) value.Value) *rows.Sorter {
	out := j.sorter(byJoinKey)
	place := int64(0)
	var key []byte
	for row := range in {
		place++
		key = key[:0]
		for _, k := range j.op.Tables[n].Keys {
			if v := of(row, k); !v.IsNull() {
				key = value.AppendKey(key, value.OfString(v.Text())) // a parse stage makes texts, an aggregate numbers
				continue
			}
			key = nil
			break
		}
		if len(key) == 0 {
			continue
		}
		row[joinKey], row[joinPlace] = value.OfString(string(key)), value.OfLong(place)
		out.Add(row)
	}
	return out
}

func (j *joiner) leftKey(row rows.Row, k plan.JoinKey) value.Value {
	return row[j.cells[k.Table]+k.Other]
}

func (j *joiner) rightKey(row rows.Row, k plan.JoinKey) value.Value { return row[joinCells+k.Column] }

// merge combines the rows of two sides that have one key, and puts the combinations in order.
func (j *joiner) merge(left, right *rows.Sorter) (*rows.Sorter, error) {
	out := j.sorter(byJoinPlaces)
	nextLeft, stopLeft := iter.Pull(left.Drain())
	defer stopLeft()
	nextRight, stopRight := iter.Pull(right.Drain())
	defer stopRight()
	l, more := nextLeft()
	r, moreRight := nextRight()
	for more && moreRight {
		if order := byJoinKey(l, r); order != 0 {
			if order < 0 {
				l, more = nextLeft()
			} else {
				r, moreRight = nextRight()
			}
			continue
		}
		same := newJoinGroup(j.sorter(nil))
		for key := l; moreRight && byJoinKey(key, r) == 0; r, moreRight = nextRight() {
			same.add(r)
		}
		for key := l; more && byJoinKey(key, l) == 0; l, more = nextLeft() {
			if err := j.combine(l, same, out); err != nil {
				same.rows.Close()
				out.Close()
				return nil, err
			}
		}
		same.rows.Close()
	}
	return out, nil
}

// combine adds the combinations of a row with those of the other side that are near.
func (j *joiner) combine(l rows.Row, same *joinGroup, out *rows.Sorter) error {
	for r := range same.from(l, j.op.Window) {
		from, to, near := spanned(l, r, j.op.Window)
		if !near {
			continue
		}
		if out.Len() == j.most {
			return j.tooMany()
		}
		row := make(rows.Row, 0, len(l)+len(r)-joinCells)
		row = append(row, l[joinPlace], r[joinPlace], from, to)
		out.Add(append(append(row, l[joinCells:]...), r[joinCells:]...))
	}
	return nil
}

func (j *joiner) tooMany() error {
	var names []string
	for _, t := range j.op.Tables {
		names = append(names, t.Name)
	}
	return fmt.Errorf("join of %s makes more than %d rows, so none of them is joined: filter the tables, or compare more fields", strings.Join(names, ", "), j.most)
}

// spanned returns the times of the earliest and the latest of two rows, and whether they lie within a window; 0 has no end. Rows
// without a time lie in every window.
func spanned(l, r rows.Row, window int64) (from, to value.Value, near bool) {
	from, to = l[joinFrom], l[joinTo]
	switch {
	case r[joinFrom].IsNull():
		return from, to, true
	case from.IsNull():
		return r[joinFrom], r[joinTo], true
	}
	first, last := min(from.Long(), r[joinFrom].Long()), max(to.Long(), r[joinTo].Long())
	return value.OfLong(first), value.OfLong(last), window == 0 || last-first <= window
}

// joinGroup are the rows of one side that have one key.
type joinGroup struct {
	rows  *rows.Sorter
	timed bool // all have a time, and the newest come first
	last  value.Value
}

func newJoinGroup(s *rows.Sorter) *joinGroup { return &joinGroup{rows: s, timed: true} }

func (g *joinGroup) add(row rows.Row) {
	at := row[joinFrom]
	if at.IsNull() || !g.last.IsNull() && at.Long() > g.last.Long() {
		g.timed = false
	}
	g.last = at
	g.rows.Add(row)
}

// from yields the rows but, where it can tell by their order, those that are too new or too old for a combination.
func (g *joinGroup) from(l rows.Row, window int64) iter.Seq[rows.Row] {
	all := g.rows.Rows()
	if all == nil || window == 0 || !g.timed || l[joinFrom].IsNull() {
		return g.rows.All()
	}
	newest, oldest := l[joinFrom].Long()+window, l[joinTo].Long()-window
	all = all[sort.Search(len(all), func(i int) bool { return all[i][joinFrom].Long() <= newest }):]
	return slices.Values(all[:sort.Search(len(all), func(i int) bool { return all[i][joinFrom].Long() < oldest })])
}

// row is the row of the section behind.
func (j *joiner) row(made rows.Row) rows.Row {
	row := make(rows.Row, len(j.op.Behind.Slots))
	for _, c := range j.op.Columns {
		row[c.Slot] = made[j.cells[c.Table]+c.Column]
	}
	return row
}

// table yields the rows of a table, made of copies of all rows that came.
func (j *joiner) table(t *plan.JoinTable, all *rows.Sorter) iter.Seq[rows.Row] {
	c, first := j.child(), t.Plan.Sections[0]
	c.slots, c.messages = j.slots, j.messages
	in := table{rows: func(yield func(rows.Row) bool) {
		for row := range all.All() {
			if !yield(slices.Clone(row)) {
				return
			}
		}
	}}
	out := c.operators(first, first.Ops, in)
	for _, s := range t.Plan.Sections[1:] {
		c = j.child()
		out = c.section(s, out)
	}
	columns := make([]evaluator, len(t.Plan.Columns))
	for i, column := range t.Plan.Columns {
		columns[i] = c.value(column.X)
	}
	at := c.value(&plan.Const{})
	if t.Time != nil {
		at = c.value(t.Time)
	}
	return func(yield func(rows.Row) bool) {
		for row := range out.rows {
			f := &frame{slots: row}
			cells := make(rows.Row, joinCells+len(columns))
			cells[joinFrom] = at(f)
			cells[joinTo] = cells[joinFrom]
			for i, x := range columns {
				cells[joinCells+i] = x(f)
			}
			if !yield(cells) {
				return
			}
		}
	}
}

func (j *joiner) child() *compiler {
	return &compiler{
		context: &function.Context{Clock: j.context.Clock}, drops: j.drops, tables: j.tables, rows: true, memory: j.memory,
		fail: j.fail, watch: j.watch,
	}
}
