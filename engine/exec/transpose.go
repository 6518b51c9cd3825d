package exec

import (
	"iter"
	"slices"
	"strings"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// transposed is a row in the making: its keys, and its cells by the name of their column.
type transposed struct {
	keys  []value.Value
	cells map[string]value.Value
}

// transpose makes the rows of a plan.Transpose, by ascending keys; of two values for one cell the first stays. The columns that
// only the rows decide stand by their names.
func (c *compiler) transpose(t *plan.Transpose, in iter.Seq[rows.Row]) table {
	keys, names, cell := c.values(t.Keys), make([]evaluator, len(t.Names)), c.value(t.Cell)
	for i, x := range t.Names {
		names[i] = c.value(x)
	}
	made := map[string]*transposed{}
	seen := map[string]bool{}
	for row := range in {
		f := &frame{slots: row}
		r := rowOf(made, keys, f)
		name := columnName(names, f)
		seen[name] = true
		if _, there := r.cells[name]; !there {
			r.cells[name] = cell(f)
		}
	}
	out := table{}
	if t.Rest {
		for name := range seen {
			if !slices.Contains(t.As, name) {
				out.rest = append(out.rest, name)
			}
		}
		slices.Sort(out.rest)
	}
	var ordered []rows.Row
	for _, r := range made {
		ordered = append(ordered, r.row(t.As, out.rest))
	}
	slices.SortFunc(ordered, func(a, b rows.Row) int {
		return slices.CompareFunc(a[:len(keys)], b[:len(keys)], value.Compare)
	})
	out.rows = slices.Values(ordered)
	return out
}

// rowOf returns the row with the keys of a frame.
func rowOf(rows map[string]*transposed, keys []evaluator, f *frame) *transposed {
	var key []byte
	values := make([]value.Value, len(keys))
	for i, k := range keys {
		values[i] = value.Canonical(k(f))
		key = value.AppendKey(key, values[i])
	}
	r := rows[string(key)]
	if r == nil {
		r = &transposed{values, map[string]value.Value{}}
		rows[string(key)] = r
	}
	return r
}

func (r *transposed) row(lists ...[]string) []value.Value {
	out := r.keys
	for _, list := range lists {
		for _, name := range list {
			out = append(out, r.cells[name])
		}
	}
	return out
}

// columnName joins the texts of the column fields; null is the text null.
func columnName(names []evaluator, f *frame) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = "null"
		if v := name(f); !v.IsNull() {
			texts[i] = v.Text()
		}
	}
	return strings.Join(texts, ",")
}

// values compiles columns.
func (c *compiler) values(columns []plan.Column) []evaluator {
	out := make([]evaluator, len(columns))
	for i, column := range columns {
		out[i] = c.value(column.X)
	}
	return out
}
