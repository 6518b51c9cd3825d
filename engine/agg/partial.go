package agg

import (
	"iter"

	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// AppendPartial appends the groups so far for ReadPartial of a table of the same stage, which adds them to its own. The table
// keeps them.
func (t *Table) AppendPartial(dst []byte) []byte {
	var state []byte
	for g := range t.each() {
		dst = value.AppendBinary(dst, value.OfBool(true))
		for _, k := range g.Keys {
			dst = value.AppendBinary(dst, k)
		}
		for _, s := range g.States {
			state = AppendState(state[:0], s)
			dst = value.AppendBinary(dst, value.OfString(view.String(state)))
		}
	}
	return value.AppendBinary(dst, value.OfBool(false))
}

// each yields the groups, and leaves them where they are.
func (t *Table) each() iter.Seq[*Group] {
	if !t.runs.Empty() {
		return t.added()
	}
	return func(yield func(*Group) bool) {
		for _, g := range t.sorted() {
			if !yield(g) {
				return
			}
		}
	}
}

// ReadPartial adds groups that AppendPartial wrote, of so many keys. It keeps nothing of what it reads.
func (t *Table) ReadPartial(r *value.Reader, keys int) error {
	row := make([]value.Value, keys+len(t.functions))
	for r.More() {
		for i := range row {
			row[i] = r.Value()
		}
		if err := r.Err(); err != nil {
			return err
		}
		part, err := t.groupOf(row)
		if err != nil {
			return err
		}
		t.addGroup(part)
	}
	return r.Err()
}

// addGroup adds the partial results of a group.
func (t *Table) addGroup(part *Group) {
	t.key = t.key[:0]
	for _, k := range part.Keys {
		t.key = value.AppendKey(t.key, k)
	}
	more := 0
	g := t.groups[string(t.key)]
	if g == nil {
		g = t.newGroup(part.Keys)
		t.groups[string(t.key)] = g
		more = t.cost(g) + len(t.key)
	}
	more -= t.grown(g)
	g.merge(part)
	if more += t.grown(g); more > 0 && !t.account.Take(more) {
		t.spill()
	}
}
