package agg

import (
	"slices"

	"retrohunt/engine/value"
)

// Table holds the groups of one aggregate stage. A row's group is its key values; null and "" are different, a long and a
// double of one size are not.
type Table struct {
	functions []Func
	groups    map[string]*Group // by value.AppendKey of the keys, one after the other
	key       []byte            // scratch
}

// Group is one group: its key values, and a state for each function.
type Group struct {
	Keys   []value.Value
	States []State
}

// NewTable returns an empty table for functions that are Known.
func NewTable(functions []Func) *Table {
	return &Table{functions: functions, groups: map[string]*Group{}}
}

// Add adds a row: its key values, and the argument of each function. It allocates only for a new group, or where a state
// keeps a new value. Keys and arguments may borrow.
func (t *Table) Add(keys, args []value.Value) {
	t.key = t.key[:0]
	for _, k := range keys {
		t.key = value.AppendKey(t.key, k)
	}
	g := t.groups[string(t.key)]
	if g == nil {
		g = t.newGroup(keys)
		t.groups[string(t.key)] = g
	}
	for i, v := range args {
		g.States[i].Add(v)
	}
}

// AddEmpty makes the one group of a stage without keys, which exists over no rows too.
func (t *Table) AddEmpty() {
	if t.groups[""] == nil {
		t.groups[""] = t.newGroup(nil)
	}
}

func (t *Table) newGroup(keys []value.Value) *Group {
	g := &Group{Keys: make([]value.Value, len(keys)), States: make([]State, len(t.functions))}
	for i, k := range keys {
		g.Keys[i] = value.Canonical(k).Clone()
	}
	for i, f := range t.functions {
		g.States[i] = f.New()
	}
	return g
}

// Merge takes over the groups of another table of the same stage, which must not be used afterwards.
func (t *Table) Merge(other *Table) {
	for key, o := range other.groups {
		g := t.groups[key]
		if g == nil {
			t.groups[key] = o
			continue
		}
		for i, s := range g.States {
			s.Merge(o.States[i])
		}
	}
}

// Groups returns the groups ordered by their keys, ascending, column by column, null last.
func (t *Table) Groups() []*Group {
	out := make([]*Group, 0, len(t.groups))
	for _, g := range t.groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *Group) int { return slices.CompareFunc(a.Keys, b.Keys, value.Compare) })
	return out
}
