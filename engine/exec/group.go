package exec

import (
	"iter"

	"retrohunt/engine/agg"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// grouping is the runtime of a plan.Group.
type grouping struct {
	table      *agg.Table
	keys, args []evaluator
	keyValues  []value.Value // scratch
	argValues  []value.Value // scratch

	several bool            // an event may make several rows: then last copies their keys
	last    [][]value.Value // keys of the rows of one event
}

func (c *compiler) grouping(g *plan.Group, m *rows.Memory) *grouping {
	out := &grouping{keyValues: make([]value.Value, len(g.Keys)), argValues: make([]value.Value, len(g.Funcs))}
	for _, k := range g.Keys {
		out.keys = append(out.keys, c.value(k.X))
	}
	var functions []agg.Func
	for _, f := range g.Funcs {
		functions = append(functions, f.Func)
		arg := plan.Expr(&plan.Const{Value: value.OfBool(true)}) // any row counts
		if f.Arg != nil {
			arg = f.Arg
		}
		out.args = append(out.args, c.value(arg))
	}
	out.table = agg.NewTable(functions, m)
	return out
}

func (g *grouping) add(f *frame) {
	for i, key := range g.keys {
		g.keyValues[i] = key(f)
	}
	for i, arg := range g.args {
		g.argValues[i] = arg(f)
	}
	g.last = append(g.last, g.lasting(g.keyValues))
	g.table.Add(g.keyValues, g.argValues)
}

// lasting returns keys that outlive the next row of the event.
func (g *grouping) lasting(keys []value.Value) []value.Value {
	if !g.several {
		return keys
	}
	out := make([]value.Value, len(keys))
	for i, k := range keys {
		out[i] = k.Clone()
	}
	return out
}

func (g *grouping) merge(other *grouping) { g.table.Merge(other.table) }

// rows yields a row for each group: its keys, then the functions' results. What goes wrong with files is told to fail.
func (g *grouping) rows(fail func(error)) iter.Seq[rows.Row] {
	return func(yield func(rows.Row) bool) {
		if len(g.keys) == 0 {
			g.table.AddEmpty()
		}
		for group := range g.table.All() {
			row := append(rows.Row{}, group.Keys...)
			for _, s := range group.States {
				row = append(row, s.Result())
			}
			if !yield(row) {
				break
			}
		}
		fail(g.table.Err())
	}
}
