package agg

import (
	"cmp"
	"iter"
	"slices"

	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// Table holds the groups of one aggregate stage. A row's group is its key values; null and "" are different, a long and a
// double of one size are not. When the budget is used up, the groups so far go to a file as partial results, which All adds up:
// see spill.go.
type Table struct {
	functions []Func
	growing   []int             // indexes of functions whose states grow with the rows
	groups    map[string]*Group // by value.AppendKey of the keys, one after the other
	key       []byte            // scratch
	account   rows.Account
	runs      rows.Runs
}

// Group is one group: its key values, and a state for each function.
type Group struct {
	Keys   []value.Value
	States []State
}

// NewTable returns an empty table for functions that are Known, whose groups in memory are bounded by a budget.
func NewTable(functions []Func, m *rows.Memory) *Table {
	t := &Table{functions: functions, groups: map[string]*Group{}, account: rows.NewAccount(m)}
	t.runs.Compare = t.compare
	for i, f := range functions {
		if _, grows := f.New().(growing); grows {
			t.growing = append(t.growing, i)
		}
	}
	return t
}

// Add adds a row: its key values, and the argument of each function. It allocates only for a new group, or where a state
// keeps a new value, or for a file. Keys and arguments may borrow.
func (t *Table) Add(keys, args []value.Value) {
	t.key = t.key[:0]
	for _, k := range keys {
		t.key = value.AppendKey(t.key, k)
	}
	more := 0
	g := t.groups[string(t.key)]
	if g == nil {
		g = t.newGroup(keys)
		t.groups[string(t.key)] = g
		more = t.cost(g) + len(t.key)
	}
	more -= t.grown(g)
	for i, v := range args {
		g.States[i].Add(v)
	}
	if more += t.grown(g); more > 0 && !t.account.Take(more) {
		t.spill()
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

const (
	groupCost = 160 // what a group takes beside its keys and states, about, in bytes
	keyCost   = 32
	stateCost = 64
)

// cost is what a new group takes, about, in bytes.
func (t *Table) cost(g *Group) int {
	n := groupCost + keyCost*len(g.Keys) + stateCost*len(g.States)
	for _, k := range g.Keys {
		n += len(k.Str())
	}
	return n
}

// grown is what the states of a group that grow take, about, in bytes.
func (t *Table) grown(g *Group) int {
	n := 0
	for _, i := range t.growing {
		n += g.States[i].(growing).size()
	}
	return n
}

// Merge takes over the groups of another table of the same stage, which must not be used afterwards.
func (t *Table) Merge(other *Table) {
	if !t.runs.Empty() || !other.runs.Empty() {
		t.spill()
		other.spill()
		t.runs.Absorb(&other.runs)
		return
	}
	t.account.Absorb(&other.account)
	for key, o := range other.groups {
		g := t.groups[key]
		if g == nil {
			t.groups[key] = o
			continue
		}
		g.merge(o)
	}
}

func (g *Group) merge(o *Group) {
	for i, s := range g.States {
		s.Merge(o.States[i])
	}
}

// All yields the groups ordered by their keys, ascending, column by column, null last. It ends the table: it is called once.
func (t *Table) All() iter.Seq[*Group] {
	if !t.runs.Empty() {
		return t.merged()
	}
	return func(yield func(*Group) bool) {
		defer t.Close()
		for _, g := range t.sorted() {
			if !yield(g) {
				return
			}
		}
	}
}

// sorted returns the groups in memory in the order of All.
func (t *Table) sorted() []*Group {
	type keyed struct {
		prefix uint64 // of the first key
		*Group
	}
	groups := make([]keyed, 0, len(t.groups))
	for _, g := range t.groups {
		k := keyed{Group: g}
		if len(g.Keys) > 0 {
			k.prefix = value.Prefix(g.Keys[0])
		}
		groups = append(groups, k)
	}
	slices.SortFunc(groups, func(a, b keyed) int {
		if order := cmp.Compare(a.prefix, b.prefix); order != 0 {
			return order
		}
		return slices.CompareFunc(a.Keys, b.Keys, value.Compare)
	})
	out := make([]*Group, len(groups))
	for i, g := range groups {
		out[i] = g.Group
	}
	return out
}

// Err is the first error of a temporary file: groups are missing then, or not whole.
func (t *Table) Err() error { return t.runs.Err() }

// Close gives back memory and files. A table may be closed twice.
func (t *Table) Close() {
	t.runs.Close()
	t.groups = map[string]*Group{}
	t.account.Release()
}
