package agg

import (
	"iter"

	"retrohunt/engine/rows"
	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// Groups go to files in the order of their keys, each as a row of its keys and its encoded states. The runs are merged in that
// order, so that the partial results of a group come one behind the other, in the order in which they were written: no more than
// one group of each run is in memory then, however many there are, and the rows are in the order that they have without files.

// spill writes all groups to a file and forgets them.
func (t *Table) spill() {
	groups := t.sorted()
	if len(groups) == 0 {
		return
	}
	t.runs.Write(func(yield func(rows.Row) bool) {
		row := make(rows.Row, len(groups[0].Keys)+len(t.functions))
		var states []byte
		for _, g := range groups {
			copy(row, g.Keys)
			states = states[:0]
			ends := make([]int, len(g.States))
			for i, s := range g.States {
				states = AppendState(states, s)
				ends[i] = len(states)
			}
			start := 0
			for i, end := range ends {
				row[len(g.Keys)+i] = value.OfString(view.String(states[start:end]))
				start = end
			}
			if !yield(row) {
				return
			}
		}
	})
	t.groups = map[string]*Group{}
	t.account.Release()
}

// compare orders rows of groups by their keys.
func (t *Table) compare(a, b rows.Row) int {
	for i := range len(a) - len(t.functions) {
		if order := value.Compare(a[i], b[i]); order != 0 {
			return order
		}
	}
	return 0
}

// merged is added, and then ends the table.
func (t *Table) merged() iter.Seq[*Group] {
	return func(yield func(*Group) bool) {
		defer t.Close()
		t.added()(yield)
	}
}

// added adds up the partial results of each group.
func (t *Table) added() iter.Seq[*Group] {
	return func(yield func(*Group) bool) {
		t.spill()
		var before rows.Row
		var group *Group
		for row := range t.runs.Merged(nil) {
			part, err := t.groupOf(row)
			if err != nil {
				t.runs.Fail(err)
				return
			}
			if group != nil && t.compare(before, row) == 0 {
				group.merge(part)
				continue
			}
			if group != nil && !yield(group) {
				return
			}
			before, group = row, part
		}
		if group != nil {
			yield(group)
		}
	}
}

// groupOf reads a group from a row of a run.
func (t *Table) groupOf(row rows.Row) (*Group, error) {
	keys := len(row) - len(t.functions)
	g := &Group{Keys: row[:keys:keys], States: make([]State, len(t.functions))}
	for i, f := range t.functions {
		var err error
		if g.States[i], err = f.ReadState(row[keys+i].Str()); err != nil {
			return nil, err
		}
	}
	return g, nil
}
